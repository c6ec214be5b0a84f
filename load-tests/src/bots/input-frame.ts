import type { InputMessage } from '@chatmux/schema';
import { Protocol } from '@colyseus/core';
import { clientFrame } from './frame-reader.ts';

/** An input as the room reads it: kind, the type as a string, and a map of four numbers, as MessagePack. */
const text = (word: string) => [0xa0 | word.length, ...Buffer.from(word, 'latin1')];
const UINT32 = [0xce, 0, 0, 0, 0];
const UINT16 = [0xcd, 0, 0];
const parts = [
  [Protocol.ROOM_DATA, ...text('input'), 0x84, ...text('seq')],
  [...UINT32, ...text('step')],
  [...UINT32, ...text('gait')],
  [0, ...text('heading')],
  UINT16,
];
const TEMPLATE = clientFrame(Uint8Array.from(parts.flat()));
const HEADER = TEMPLATE.length - parts.flat().length;
const endOf = (count: number) => HEADER + parts.slice(0, count).flat().length;
/** Where each number's own bytes begin; gait is a byte by itself. */
const AT = { seq: endOf(1) + 1, step: endOf(2) + 1, gait: endOf(3), heading: endOf(4) + 1 };

/** One input as a whole WebSocket frame of a client. */
export function inputFrame({ seq, step, gait, heading }: InputMessage): Buffer {
  const frame = Buffer.from(TEMPLATE);
  frame.writeUInt32BE(seq, AT.seq);
  frame.writeUInt32BE(step, AT.step);
  frame[AT.gait] = gait;
  frame.writeUInt16BE(heading, AT.heading);
  return frame;
}
