import { describe, expect, it } from 'vitest';
import { toastTimeMs } from './toast-time.ts';

const text = (length: number) => 'a'.repeat(length);

describe('toastTimeMs', () => {
  it('grows with the text', () => {
    expect(toastTimeMs({ text: text(60), tone: 'info' })).toBe(1500 + 60 * 70);
    expect(toastTimeMs({ text: text(80), tone: 'info' })).toBeGreaterThan(
      toastTimeMs({ text: text(60), tone: 'info' }),
    );
  });

  it('leaves bad news longer', () => {
    for (const tone of ['warning', 'danger'] as const) {
      expect(toastTimeMs({ text: text(60), tone })).toBe(1.5 * toastTimeMs({ text: text(60), tone: 'good' }));
    }
  });

  it('is never too short to see and never stays for good', () => {
    expect(toastTimeMs({ text: '', tone: 'info' })).toBe(3500);
    expect(toastTimeMs({ text: text(2000), tone: 'danger' })).toBe(14_000);
  });
});
