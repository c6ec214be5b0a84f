export { createDevices, type Devices } from './devices.ts';
export { createMedia, type Media } from './media.ts';
