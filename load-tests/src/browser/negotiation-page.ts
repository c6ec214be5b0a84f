import { MEDIA_SOURCES, type MediaSource, type Signal } from '@chatmux/schema';
import {
  createDirectConnection,
  type DirectConnection,
  type DirectWish,
} from '../../../client/src/media/direct/direct-connection.ts';
import { isWanted } from '../../../client/src/media/direct/send-direct.ts';
import { inboundOf } from '../../../client/src/media/inbound-stats.ts';
import type { Incoming } from '../../../client/src/media/path.ts';
import { FULL_VIEW } from '../../../client/src/media/views.ts';
import { seededNumbers } from '../bots/seeded-numbers.ts';

/** A page in which two sides of direct connections change their minds at any moment, over a line as slow as one likes. */

declare global {
  interface Window {
    negotiation: typeof negotiation;
  }
}

type Part = Pick<Signal, 'description' | 'candidate'>;

/** What goes wrong on the line between the two. */
export interface Trouble {
  /** Longest delay of a signal, in milliseconds; signals of one side keep their order. */
  delayMs: number;
  /** Share of descriptions that come twice. */
  twice: number;
  /** Share of descriptions that never come. */
  lost: number;
}

interface Side {
  connection: DirectConnection;
  wish: DirectWish;
  incoming: Map<MediaSource, Incoming>;
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const context = new AudioContext();

function picture(): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [320, 180];
  const paint = canvas.getContext('2d');
  let hue = 0;
  setInterval(() => {
    if (!paint) return;
    paint.fillStyle = `hsl(${hue++} 80% 50%)`;
    paint.fillRect(0, 0, 320, 180);
  }, 100);
  const [track] = canvas.captureStream().getVideoTracks();
  if (!track) throw new Error('a canvas without a picture');
  return track;
}

function sound(): MediaStreamTrack {
  const out = new MediaStreamAudioDestinationNode(context);
  const tone = new OscillatorNode(context);
  tone.connect(out);
  tone.start();
  const [track] = out.stream.getAudioTracks();
  if (!track) throw new Error('no sound');
  return track;
}

const makeTracks = () => ({ mic: sound(), cam: picture(), screen: picture(), 'screen-audio': sound() });

/** Packets of a source that came so far. */
async function packetsOf(incoming: Incoming | undefined): Promise<number> {
  if (!incoming?.receiver) return 0;
  return inboundOf([...(await incoming.receiver.getStats()).entries()]).packetsReceived;
}

/**
 * Two sides connect and then change what they send at random, both at once, for a number of changes.
 * @returns what is still wrong long after the last change, and what was reported meanwhile; nothing when all is well
 */
async function run(seed: number, changes: number, trouble: Trouble): Promise<string[]> {
  const random = seededNumbers(seed);
  const below = (end: number) => Math.floor(random() * end);
  const found: string[] = [];
  const tracks = [makeTracks(), makeTracks()] as const;
  const wishOf = (index: 0 | 1): DirectWish => {
    const any = <T>(value: T) => (random() < 0.5 ? value : undefined);
    const own = tracks[index];
    const screen = any(own.screen);
    own.mic.contentHint = random() < 0.3 ? 'music' : '';
    return {
      mic: any(own.mic),
      cam: any(own.cam),
      screen,
      'screen-audio': screen && any(own['screen-audio']),
      heardBy: random() < 0.8,
      seenBy: ([0, 1, 3] as const)[below(3)] ?? 0,
      screenSeenBy: ([0, 1, 2] as const)[below(3)] ?? 0,
      view: FULL_VIEW,
    };
  };

  const certificates = await Promise.all(
    tracks.map(() =>
      RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' } as EcKeyGenParams),
    ),
  );
  const lines = [Promise.resolve(), Promise.resolve()];
  const sides: Side[] = [];

  function send(from: 0 | 1, part: Part): void {
    const isDescription = part.description !== undefined;
    if (isDescription && random() < trouble.lost) return;
    const ms = random() * trouble.delayMs;
    const times = isDescription && random() < trouble.twice ? 2 : 1;
    lines[from] = (lines[from] ?? Promise.resolve()).then(async () => {
      await wait(ms);
      for (let i = 0; i < times; i++) void deliver(1 - from, part);
    });
  }
  /** Each side takes what comes in its order, as those who use a connection do. */
  const inboxes = [Promise.resolve(), Promise.resolve()];
  function deliver(to: number, { description, candidate }: Part): void {
    inboxes[to] = (inboxes[to] ?? Promise.resolve()).then(async () => {
      try {
        if (description) await sides[to]?.connection.take(description);
        if (candidate) await sides[to]?.connection.takeCandidate(candidate);
      } catch (error) {
        // The candidates of an offer that got lost fit nothing; the offer brings them when it comes again.
        if (description || trouble.lost === 0) found.push(`side ${to}: ${error}`);
      }
    });
  }

  for (const index of [0, 1] as const) {
    const wish = wishOf(index);
    const incoming = new Map<MediaSource, Incoming>();
    const connection = createDirectConnection({
      configuration: { certificates: certificates.slice(index, index + 1) },
      polite: index === 0,
      wish,
      send: (part) => send(index, part),
      onState: () => undefined,
      onIncoming: (source, what) => incoming.set(source, what),
      onProblem: (what, error) => found.push(`side ${index}: ${what}: ${error}`),
    });
    sides.push({ connection, wish, incoming });
  }
  for (let i = 0; i < changes; i++) {
    await wait(random() * 120);
    const index = below(2) === 0 ? 0 : 1;
    const side = sides[index];
    if (!side) continue;
    if (random() < 0.1) side.connection.offerAgain();
    else {
      side.wish = wishOf(index);
      side.connection.send(side.wish);
    }
  }
  found.push(...(await settled(sides)));
  for (const { connection } of sides) connection.close();
  for (const own of tracks) for (const track of Object.values(own)) track.stop();
  return found;
}

/** Until then a description that got lost, and the next one, too, has come again. */
const SETTLED_MS = 60_000;

/** Waits until everything that is wanted comes. @returns what never does */
async function settled(sides: Side[]): Promise<string[]> {
  const end = performance.now() + SETTLED_MS;
  for (;;) {
    const missing: string[] = [];
    const before = await Promise.all(sides.map(countAll));
    await wait(500);
    const after = await Promise.all(sides.map(countAll));
    sides.forEach(({ wish }, sender) => {
      const receiver = 1 - sender;
      for (const source of MEDIA_SOURCES) {
        const wanted = wish[source] !== undefined && isWanted(source, wish);
        const grows = (after[receiver]?.[source] ?? 0) > (before[receiver]?.[source] ?? 0);
        const flowing = sides[receiver]?.incoming.get(source)?.flowing ?? false;
        if (wanted && !(grows && flowing))
          missing.push(
            `side ${receiver} misses ${source}: ${after[receiver]?.[source]} packets, ${flowing ? '' : 'not '}flowing`,
          );
        if (!wish[source] && flowing) missing.push(`side ${receiver} believes in a ${source} that is off`);
      }
    });
    if (missing.length === 0 || performance.now() > end) return missing;
  }
}

async function countAll({ incoming }: Side): Promise<Record<MediaSource, number>> {
  const counts = { mic: 0, cam: 0, screen: 0, 'screen-audio': 0 };
  for (const source of MEDIA_SOURCES) counts[source] = await packetsOf(incoming.get(source));
  return counts;
}

const negotiation = { run };
window.negotiation = negotiation;
