import { expect, it } from 'vitest';
import { createLogger } from './logger.ts';

it('writes one line with its details, up to its level', () => {
  const lines: string[] = [];
  const log = createLogger('warn', (line) => lines.push(line));
  log.error('broken', { room: 'plaza', left: 2, why: undefined });
  log.warn('odd\nthing', { text: 'two\nlines' });
  log.info('not told');
  log.debug('not told');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z sfu error broken room="plaza" left=2 why=-$/);
  expect(lines[1]).toContain('text="two\\nlines"');
});
