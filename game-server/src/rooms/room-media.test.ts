import { ProblemError } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import type { OpenMedia } from '../ports/media-port.ts';
import { SmallWorld } from '../testing/small-world.ts';
import { RoomMedia } from './room-media.ts';
import { turnServer } from './turn-credentials.ts';

const FINGERPRINT = Array.from({ length: 32 }, () => '0F').join(':');
const turn = { urls: ['turn:turn.example.org'], secret: 'sixteen letters!', ttlSeconds: 600 };
const signal = { to: 2, epoch: 0, connection: 1 };

const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
  return 'done';
};

/** The media side of a room in which two people stand together; its media server comes and goes as the test says. */
function setUp() {
  const small = new SmallWorld();
  small.tick(small.join(1, 0, 0), small.join(2, 3, 0));
  small.ticks(16);
  let nowMs = 1_000_000;
  let up = true;
  let tellUp: () => void = () => undefined;
  const openMedia: OpenMedia = (_room, { onUpChanged }) => {
    tellUp = () => onUpChanged(up);
    return {
      get isUp() {
        return up;
      },
      rtc: async () => ({}),
      plan: () => undefined,
      closeSession: () => undefined,
      keepSessions: () => undefined,
      close: () => undefined,
    };
  };
  const told: string[] = [];
  const media: RoomMedia = new RoomMedia(
    {
      openMedia,
      mediaPolicy: 'auto',
      iceServers: [{ urls: 'stun:stun.example.org' }],
      hideAddresses: false,
      turn,
      now: () => nowMs,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    },
    'room',
    {
      onPath: (isNewPath) => told.push(isNewPath ? 'path' : 'credentials'),
      onEvent: () => undefined,
      onSpeaking: () => undefined,
      onDirect: (to, { ids }) => told.push(`${to}: ${ids}`),
      people: () => small.world.people,
    },
  );
  for (const id of [1, 2]) media.register(id, { fingerprint: FINGERPRINT });
  const heal = () => media.heal([], () => []);
  return {
    media,
    /** What was told since the last look. */
    told: () => told.splice(0),
    pass(ms: number) {
      nowMs += ms;
      heal();
    },
    setUp(next: boolean) {
      up = next;
      tellUp();
    },
    nowMs: () => nowMs,
  };
}

describe('the media side of a room', () => {
  it('gives each session credentials of its own, and new ones when half of their time is over', () => {
    const { media, told, pass, nowMs } = setUp();
    told();
    expect(media.messageFor('1.1').iceServers).toEqual([
      { urls: 'stun:stun.example.org' },
      turnServer(turn, '1.1', nowMs()),
    ]);
    pass(299_000);
    expect(told()).toEqual([]);
    pass(1000);
    expect(told()).toEqual(['credentials']);
    pass(1000);
    expect(told()).toEqual([]);
    expect(media.messageFor('1.1').iceServers[1]).toEqual(turnServer(turn, '1.1', nowMs()));
  });

  it('connects people directly as soon as the media server is gone, and names them to each other', () => {
    const { media, told, setUp: set } = setUp();
    told();
    set(false);
    expect(told()).toEqual(['path', '1: 2', '2: 1']);
    expect(media.messageFor('1.1').mode).toBe('direct');
  });

  it('[SG] relays signals of this epoch, and for a while of the one before', () => {
    const { media, pass, setUp: set } = setUp();
    set(false);
    const { epoch } = media;
    const check = (of: number) => codeOf(() => media.checkSignal(1, { ...signal, epoch: of }, true));
    expect(check(epoch)).toBe('done');
    expect(check(epoch - 2)).toBe('stale');
    expect(check(epoch + 1)).toBe('stale');
    set(true);
    pass(0);
    pass(20_000);
    expect(media.messageFor('1.1').mode).toBe('sfu');
    expect(check(epoch)).toBe('done');
    pass(20_000);
    expect(check(epoch)).toBe('stale');
  });

  it('connects somebody directly who says that they can’t reach the media server', () => {
    const { media, told } = setUp();
    told();
    media.setReach(1, { epoch: media.epoch, sfu: false });
    expect(told()).toEqual(['1: 2', '2: 1']);
    expect(codeOf(() => media.setReach(1, { epoch: media.epoch - 1, sfu: false }))).toBe('stale');
  });
});
