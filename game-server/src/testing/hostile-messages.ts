import { type ClientMessageType, HEADING_STEPS } from '@chatmux/schema';

type Random = () => number;

const EDGES: readonly unknown[] = [
  undefined,
  null,
  true,
  '',
  'lock',
  '\ud800',
  -0,
  -1,
  0.5,
  255,
  65_535,
  65_536,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 53,
  1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  10n,
  2n ** 64n,
];

/** What a stranger may send, as it decodes: valid messages, the same with something wrong, and anything at all. */
export class HostileMessages {
  private readonly random: Random;
  private readonly people: number;
  private step = 0;

  /** @param people ids up to this one are somebody's, or nobody's any more */
  constructor(random: Random, people: number) {
    this.random = random;
    this.people = people;
  }

  next(type: ClientMessageType): unknown {
    const kind = this.random();
    if (kind < 0.6) return this.valid(type);
    if (kind < 0.95) return this.spoil(this.valid(type));
    return this.anything(3);
  }

  /** A message of a type that is well formed, with numbers up to its limits. */
  private valid(type: ClientMessageType): Record<string, unknown> {
    const id = this.chance(0.9) ? 1 + this.below(this.people) : 1 + this.below(65_535);
    const on = this.chance(0.5);
    switch (type) {
      case 'input':
        return this.input();
      case 'devices':
        return { mic: this.chance(0.8), cam: on, screen: !on };
      case 'status':
        return { deaf: on, busy: this.chance(0.02) };
      case 'speaking':
        return { on };
      case 'block':
        return { id, on: this.chance(0.1) };
      case 'circle':
        return this.oneOf([
          { do: 'lock' },
          { do: 'unlock' },
          { do: 'knock', circle: id },
          { do: 'let-in', id },
          { do: 'turn-away', id },
        ]);
      case 'identify':
        return { ticket: on ? null : 'A'.repeat(22) };
      case 'moderate':
        return this.oneOf([
          { do: 'put-out', id },
          { do: 'ban', id, hours: on ? null : id },
          { do: 'mute', id },
          { do: 'unmute', id },
        ]);
      case 'signal':
        return {
          to: id,
          epoch: this.below(9),
          connection: id,
          description: { type: 'offer', sdp: 'v=0', offer: 1 },
        };
      case 'reach':
        return { epoch: this.below(9), sfu: on };
      case 'certificate':
        return { fingerprint: Array.from({ length: 32 }, () => '0F').join(':') };
      case 'rtc':
        return this.oneOf([
          { method: 'capabilities', epoch: id },
          { method: 'join', epoch: id, rtpCapabilities: { codecs: [] } },
          { method: 'produce', epoch: id, transportId: 'a', source: 'mic', rtpParameters: { codecs: [] } },
        ]);
    }
  }

  private input(): Record<string, unknown> {
    this.step += this.below(3);
    const heading = this.below(HEADING_STEPS);
    const gait = this.chance(0.7) ? 0 : this.below(3);
    // Mostly as a client counts; sometimes at the end of all counts, after which all others are older.
    if (this.chance(0.0005)) return { seq: 2 ** 32 - 1, step: 2 ** 32 - 1, gait, heading };
    const step = this.chance(0.02) ? Math.max(0, this.step + this.below(1000) - 500) : this.step;
    return { seq: step, step, gait, heading };
  }

  private spoil(message: Record<string, unknown>): unknown {
    const keys = Object.keys(message);
    const key = this.oneOf(keys);
    const spoiled: Record<string, unknown> = { ...message };
    switch (this.below(5)) {
      case 0:
        delete spoiled[key];
        return spoiled;
      case 1:
        spoiled[this.oneOf(['x', 'constructor', 'toString', ''])] = this.oneOf(EDGES);
        return spoiled;
      case 2:
        spoiled[key] = this.anything(2);
        return spoiled;
      case 3:
        return this.oneOf([
          [message],
          Object.assign(Object.create(null), message),
          new Map([[key, message]]),
        ]);
      default:
        spoiled[key] = this.oneOf(EDGES);
        return spoiled;
    }
  }

  private anything(depth: number): unknown {
    const kind = this.below(depth > 0 ? 8 : 4);
    if (kind < 3) return this.oneOf(EDGES);
    if (kind === 3) return Uint8Array.from({ length: this.below(9) }, () => this.below(256));
    const inner = Array.from({ length: this.below(4) }, () => this.anything(depth - 1));
    if (kind < 6) return inner;
    return Object.fromEntries(inner.map((value) => [this.oneOf(['id', 'do', 'on', 'seq', 'method']), value]));
  }

  private below = (limit: number): number => Math.floor(this.random() * limit);
  private chance = (share: number): boolean => this.random() < share;

  private oneOf<T>(these: readonly T[]): T {
    return these[this.below(these.length)] as T;
  }
}
