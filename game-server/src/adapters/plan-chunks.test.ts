import { sfuRequestFrameSchema } from '@chatmux/schema';
import { expect, it } from 'vitest';
import { planChunks } from './plan-chunks.ts';

const MIB = 1024 * 1024;

it('cuts the largest plan into frames the SFU takes, and loses nobody', () => {
  const name = (n: number) => String(n).padStart(64, '0');
  const wants = Array.from({ length: 256 }, (_, i) => ({
    from: name(i),
    audio: false,
    video: 3 as const,
    screen: 0,
  }));
  const listeners = Array.from({ length: 1001 }, (_, i) => ({ session: name(i), wants }));
  const chunks = planChunks(listeners);
  expect(chunks.flat()).toEqual(listeners);
  for (const chunk of chunks) {
    const frame = { id: 1, request: { method: 'plan', room: name(1), listeners: chunk } };
    expect(sfuRequestFrameSchema.safeParse(frame).success).toBe(true);
    expect(Buffer.byteLength(JSON.stringify(frame))).toBeLessThan(6 * MIB);
  }
});

it('sends nothing for nobody', () => expect(planChunks([])).toEqual([]));
