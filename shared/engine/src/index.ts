export * from './bands.ts';
export * from './cells.ts';
export * from './circle-rules.ts';
export * from './collision.ts';
export * from './find-path.ts';
export * from './loudness.ts';
export * from './step-movement.ts';
export * from './zones.ts';
