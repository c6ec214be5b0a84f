export { ConfigError, type ConfigProblem, EXIT_CONFIG } from './config-error.ts';
export { configToEnv } from './config-to-env.ts';
export { mediaWorkers } from './media-workers.ts';
export { GAME_NODE_FLAGS } from './node-flags.ts';
export { type Config, type Environment, parseConfig } from './parse-config.ts';
export { type Flags, parseFlags } from './parse-flags.ts';
export type { IceServer } from './values.ts';
export { VARIABLE_NAMES, VARIABLES, type VariableName } from './variables.ts';
