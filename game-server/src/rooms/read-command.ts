import { type ClientMessageType, clientMessages, type PersonId } from '@chatmux/schema';
import type { Command } from '../world/types.ts';

/** Messages that become commands of the world; the others are relayed. */
export const COMMAND_TYPES = [
  'input',
  'devices',
  'status',
  'speaking',
  'block',
  'circle',
] as const satisfies readonly ClientMessageType[];
export type CommandType = (typeof COMMAND_TYPES)[number];

/** Checks what a client sent. @throws ZodError */
export function readCommand(id: PersonId, type: CommandType, data: unknown): Command {
  switch (type) {
    case 'input':
      return { type, id, input: clientMessages.input.parse(data) };
    case 'devices':
      return { type, id, ...clientMessages.devices.parse(data) };
    case 'status':
      return { type, id, ...clientMessages.status.parse(data) };
    case 'speaking':
      return { type, id, ...clientMessages.speaking.parse(data) };
    case 'block': {
      const { id: other, on } = clientMessages.block.parse(data);
      return { type, id, other, on };
    }
    case 'circle':
      return { type, id, ask: clientMessages.circle.parse(data) };
  }
}
