export * from './constants.ts';
export * from './errors.ts';
export * from './media.ts';
export * from './messages.ts';
export * from './pose-frame.ts';
export * from './sfu-control.ts';
export * from './units.ts';
export * from './world-map.ts';
