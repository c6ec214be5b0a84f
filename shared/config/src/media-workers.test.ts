import { expect, it } from 'vitest';
import { mediaWorkers } from './media-workers.ts';
import { parseConfig } from './parse-config.ts';

it.each([
  [{}, 1, 1],
  [{}, 8, 8],
  [{}, 500, 64],
  [{ SFU_WORKERS: '3' }, 8, 3],
  [{ MEDIA_PORT: '65534' }, 8, 2],
  [{ MEDIA_PORT: '5000', SFU_CONTROL_PORT: '5003' }, 8, 3],
  [{ MEDIA_PORT: '5000', PORT: '5001' }, 8, 1],
])('with %o on %i cores there are %i', (env, cores, workers) => {
  expect(mediaWorkers(parseConfig(env), cores)).toBe(workers);
});
