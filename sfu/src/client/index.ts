export {
  type ClientLog,
  connectSfu,
  type PlanOfListener,
  type SfuClient,
  type SfuClientOptions,
} from './connect-sfu.ts';
