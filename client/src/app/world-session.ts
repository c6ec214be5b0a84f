import type {
  MediaMessage,
  PlanEntry,
  PlanMessage,
  Problem,
  ServerMessages,
  WorldMap,
} from '@chatmux/schema';
import { PROTOCOL_VERSION } from '@chatmux/schema';
import type { Roster } from '@chatmux/schema/roster';
import type { Keyboard } from '../input/keyboard.ts';
import { createMedia, type Media } from '../media/index.ts';
import { WorldConnection } from '../net/world-connection.ts';
import { createWorldDoor } from '../net/world-door.ts';
import { Sim } from '../sim/sim.ts';
import { guestKey } from '../store/saved.ts';
import { patch, store, toast } from '../store/store.ts';
import type { ConnectionState } from '../store/types.ts';
import { loadWorld } from './load-world.ts';
import { nearPeople, sameNear } from './near-people.ts';
import { peopleOf } from './people-of.ts';

/** How often lists of who is near are made anew, in milliseconds. */
const NEAR_MS = 250;
/** How fast keys turn the camera, in radians a second. */
const TURN_SPEED = 2;
/** Refusals that are ours to mend, not worth a word to the person. */
const QUIET = new Set(['stale', 'not-in-plan']);

type Keys = Pick<Keyboard, 'turn' | 'controls'>;

/** One stay in the world, from Enter to Leave: connection, movement and media put together. */
export class WorldSession {
  sim: Sim | undefined;
  map: WorldMap | undefined;
  readonly media: Media;
  readonly connection: WorldConnection;
  readonly joystick = { x: 0, y: 0 };
  private readonly keyboard: Keys;
  private readonly onReady: () => void;
  private plan: readonly PlanEntry[] = [];
  private waiting: (() => void)[] = [];
  private nearMs = 0;
  private closed = false;
  /** Welcomes so far; a world fetched for an older one is not entered. */
  private welcomes = 0;
  private roster: Roster | undefined;

  constructor(keyboard: Keys, onReady: () => void, door = createWorldDoor(location.origin)) {
    this.keyboard = keyboard;
    this.onReady = onReady;
    this.connection = new WorldConnection(door, {
      onState: (state, problem) => this.handleState(state, problem),
      onRoster: (roster) => {
        this.roster = roster;
        showRoster(roster);
      },
      onRoundTrip: (ms) => patch('connection', { roundTripMs: Math.round(ms) }),
      onPoses: (bytes) => this.whenReady((sim) => sim.handlePoses(bytes, performance.now())),
      onMessage: (type, message) => this.handleMessage(type, message),
    });
    this.media = createMedia({
      request: (request) => this.connection.request(request),
      signal: (signal) => this.connection.sendSignal(signal),
      onState: (media) => store.setState({ media }),
      onVideo: (id, stream) => showVideo(id, stream),
      onSpeaking: (ids) =>
        store.setState({ speaking: Object.fromEntries(ids.map((id) => [id, true as const])) }),
      onSay: toast,
    });
    this.media.setVolume(store.getState().settings.volume);
  }

  enter(): void {
    const { name, colour } = store.getState().profile;
    store.setState({ phase: 'entering' });
    this.media.resume();
    this.connection.join({ version: PROTOCOL_VERSION, name, colour, guestKey: guestKey() });
  }

  /** @param problem why, when it was not the person who wanted it */
  leave(problem?: Problem): void {
    if (this.closed) return;
    this.closed = true;
    this.connection.leave();
    this.media.close();
    store.setState({
      phase: 'lobby',
      me: undefined,
      people: {},
      near: [],
      speaking: {},
      videos: {},
      world: undefined,
    });
    // After the goodbye, which wipes what the connection said before. The lobby shows it.
    if (problem) patch('connection', { problem });
  }

  /** One frame: keys, bodies, voices. */
  advance(nowMs: number, deltaMs: number): void {
    const { sim, keyboard, joystick } = this;
    if (!sim) return;
    sim.view.yaw += keyboard.turn * TURN_SPEED * (deltaMs / 1000);
    const isJoystick = joystick.x !== 0 || joystick.y !== 0;
    const push = isJoystick ? { ...joystick, run: false } : keyboard.controls;
    // Without the server nobody would see us walk: stand until it is back.
    const inputs = sim.advance(nowMs, deltaMs, this.connection.online ? { ...push, isJoystick } : undefined);
    for (const input of inputs) this.connection.sendInput(input);
    const { me, view } = sim;
    this.media.update({ x: me.x, z: me.z, yaw: view.yaw }, (id) => sim.others.get(id), nowMs);
    this.nearMs += deltaMs;
    if (this.nearMs >= NEAR_MS) this.showNear(sim);
  }

  /** Tells server and media what our microphone and camera do now. */
  handleTracks(tracks: { mic: MediaStreamTrack | undefined; cam: MediaStreamTrack | undefined }): void {
    this.media.setTracks(tracks);
    this.connection.sendDevices({ mic: tracks.mic !== undefined, cam: tracks.cam !== undefined });
  }

  /** Facts for the developer panel. */
  get facts() {
    return { plan: this.plan };
  }

  private handleState(
    state: ConnectionState,
    problem: Parameters<typeof patch<'connection'>>[1]['problem'],
  ): void {
    patch('connection', { state, problem });
    if (state === 'offline' && store.getState().phase === 'entering') store.setState({ phase: 'lobby' });
  }

  private handleMessage<T extends keyof ServerMessages>(type: T, message: ServerMessages[T]): void {
    const handlers: { [K in keyof ServerMessages]: (message: ServerMessages[K]) => void } = {
      welcome: (welcome) => void this.handleWelcome(welcome),
      self: (self) => this.sim?.handleSelf(self),
      media: (media) => this.handleMedia(media),
      plan: (plan) => this.handlePlan(plan),
      'rtc-event': (event) => this.media.handleRtcEvent(event),
      signal: (signal) => this.media.handleSignal(signal),
      problem: (problem) => {
        if (!QUIET.has(problem.code)) toast(problem.message, 'warning');
      },
    };
    // The welcome may still be fetching its world: what follows it waits, in its order.
    if (type === 'welcome') handlers[type](message);
    else this.whenReady(() => handlers[type](message));
  }

  private async handleWelcome(welcome: ServerMessages['welcome']): Promise<void> {
    this.welcomes += 1;
    const mine = this.welcomes;
    const isOver = () => this.closed || mine !== this.welcomes;
    // What waits was said over a connection that is gone.
    this.waiting = [];
    store.setState({ me: welcome.id });
    if (this.roster) showRoster(this.roster);
    try {
      if (this.map?.id !== welcome.worldId) {
        this.sim = undefined;
        const map = await loadWorld(welcome.worldId);
        if (isOver()) return;
        this.map = map;
      }
    } catch (error) {
      if (isOver()) return;
      this.leave({ code: 'internal', message: error instanceof Error ? error.message : String(error) });
      return;
    }
    const sim = this.sim ?? new Sim(this.map);
    this.sim = sim;
    sim.setMe(welcome.id);
    sim.forgetOthers();
    this.connection.sendInput(sim.prediction.hello());
    this.media.setMe(welcome.id);
    // Our tracks first: a way that opens with them needs to agree only once.
    this.onReady();
    this.handleMedia(welcome.media);
    for (const run of this.waiting.splice(0)) run();
    store.setState({ phase: 'world', world: { id: this.map.id, name: this.map.name } });
  }

  /** Runs when the world is there, in order; at once when it is. */
  private whenReady(run: (sim: Sim) => void): void {
    const guarded = () => {
      if (!this.sim) return;
      try {
        run(this.sim);
      } catch (error) {
        console.error('a message from the server was refused', error);
      }
    };
    if (this.sim) guarded();
    else this.waiting.push(guarded);
  }

  private handleMedia(media: MediaMessage): void {
    this.plan = [];
    this.media.setPath(media);
  }

  private handlePlan(plan: PlanMessage): void {
    this.plan = plan.entries;
    this.media.handlePlan(plan);
    this.nearMs = NEAR_MS;
  }

  private showNear(sim: Sim): void {
    this.nearMs = 0;
    const near = nearPeople(this.plan, (id) => {
      const body = sim.others.get(id);
      return body && Math.hypot(body.x - sim.me.x, body.z - sim.me.z);
    });
    if (!sameNear(near, store.getState().near)) store.setState({ near });
  }
}

function showRoster(roster: Roster): void {
  const { me, people: before } = store.getState();
  const people = peopleOf(roster.people.entries(), me);
  if (JSON.stringify(people) !== JSON.stringify(before)) store.setState({ people });
}

function showVideo(id: number, stream: MediaStream | undefined): void {
  const { [id]: _old, ...others } = store.getState().videos;
  store.setState({ videos: stream ? { ...others, [id]: stream } : others });
}
