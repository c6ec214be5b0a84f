import {
  type CircleMessage,
  decodeFrame,
  type MediaMessage,
  type PlanEntry,
  type PlanMessage,
  PROTOCOL_VERSION,
  type Problem,
  type ServerMessages,
  type StatusMessage,
  type WorldMap,
} from '@chatmux/schema';
import type { Roster } from '@chatmux/schema/roster';
import type { Keyboard } from '../input/keyboard.ts';
import type { LocalTracks, Media } from '../media/index.ts';
import { WorldConnection } from '../net/world-connection.ts';
import { createWorldDoor } from '../net/world-door.ts';
import { Sim } from '../sim/sim.ts';
import type { Place } from '../store/place-address.ts';
import { guestKey } from '../store/saved.ts';
import { patch, store, toast } from '../store/store.ts';
import type { ConnectionState } from '../store/types.ts';
import { loadWorld } from './load-world.ts';
import { OwnSpeaking } from './own-speaking.ts';
import { createSessionMedia } from './session-media.ts';
import { forgetKnock, forgetRoom, showKnock, showKnockAnswer, showRoster } from './show-room.ts';
import { silenceMedia } from './silence-media.ts';
import { SoundKeeper } from './sound-keeper.ts';
import { Surroundings } from './surroundings.ts';
import { ToldDevices } from './told-devices.ts';
import { copyNotice, stayedNotice } from './travel-words.ts';
import { ViewWatch } from './view-watch.ts';

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
  /** Called when the stay is over, whoever ended it. */
  onEnded: () => void = () => undefined;
  private readonly keyboard: Keys;
  private readonly onReady: () => void;
  private plan: readonly PlanEntry[] = [];
  private mediaEpoch = -1;
  private waiting: (() => void)[] = [];
  private closed = false;
  /** Welcomes so far; a world fetched for an older one is not entered. */
  private welcomes = 0;
  private roster: Roster | undefined;
  private surroundings: Surroundings | undefined;
  private readonly ownSpeaking: OwnSpeaking;
  private readonly told: ToldDevices;
  private readonly sound: SoundKeeper;
  private readonly viewWatch: ViewWatch;
  /** Where we are, or asked to come to. */
  private place: Place = {};
  /** The map of the world we are on the way to. */
  private ahead: WorldMap | undefined;
  /** The server has not said yet where we stand in this world. */
  private isArriving = false;

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
      onPoses: (bytes) => this.whenReady((sim) => this.handlePoses(sim, bytes)),
      onMessage: (type, message) => this.handleMessage(type, message),
    });
    this.ownSpeaking = new OwnSpeaking((on) => this.connection.send('speaking', { on }));
    this.told = new ToldDevices((devices) => this.connection.send('devices', devices));
    this.media = createSessionMedia(this.connection, this.ownSpeaking);
    this.sound = new SoundKeeper(this.media);
    this.viewWatch = new ViewWatch(this.media);
  }

  /** @param place where to; the server's own world where none is named */
  enter(place: Place = {}): void {
    this.place = place;
    const { name, colour } = store.getState().profile;
    store.setState({ phase: 'entering' });
    this.connection.join({ version: PROTOCOL_VERSION, name, colour, guestKey: guestKey(), ...place });
  }

  /**
   * Goes to another world, or another copy of this one. Devices stay as they are, and where the way is closed we stay,
   * too, and say why.
   */
  async goTo(to: Place & { world: string; portal?: string | undefined }): Promise<void> {
    if (this.closed || this.isTravelling) return;
    let name = '';
    store.setState({ travelling: name });
    try {
      // Map first: once the seat here is given up, nothing should stand in the way.
      const map = to.world === this.map?.id ? this.map : await loadWorld(to.world);
      if (this.closed) return;
      this.ahead = map;
      name = map.name;
      store.setState({ travelling: name });
      await this.connection.moveTo(to);
    } catch (error) {
      if (this.closed) return;
      console.warn('we stay where we are', error);
      store.setState({ travelling: undefined });
      toast(stayedNotice(error, name), 'warning');
      return;
    }
    this.place = { world: to.world, copy: to.copy };
    this.leaveRoom();
  }

  get isTravelling(): boolean {
    return store.getState().travelling !== undefined;
  }

  /** The seat is another now; its welcome is yet to come. */
  private leaveRoom(): void {
    this.sim = undefined;
    this.roster = undefined;
    this.waiting = [];
    this.plan = [];
    silenceMedia(this.media);
    forgetRoom();
  }

  /** @param problem why, when it was not the person who wanted it */
  leave(problem?: Problem): void {
    if (this.closed) return;
    this.closed = true;
    this.ownSpeaking.stop();
    this.told.close();
    this.sound.close();
    this.connection.leave();
    this.media.close();
    forgetRoom();
    store.setState({
      phase: 'lobby',
      world: undefined,
      copy: 1,
      travelling: undefined,
      status: { deaf: false, busy: false },
    });
    // After the goodbye, which wipes what the connection said before. The lobby shows it.
    if (problem) patch('connection', { problem });
    this.onEnded();
  }

  /** One frame: keys, bodies, voices. */
  advance(nowMs: number, deltaMs: number): void {
    const { sim, keyboard, joystick } = this;
    if (!sim) return;
    sim.view.yaw += keyboard.turn * TURN_SPEED * (deltaMs / 1000);
    const isJoystick = joystick.x !== 0 || joystick.y !== 0;
    const push = isJoystick ? { ...joystick, run: false } : keyboard.controls;
    // Without the server nobody would see us walk, and on the way elsewhere nobody walks on: stand.
    const mayMove = this.connection.online && !this.isTravelling && !this.isArriving;
    const inputs = sim.advance(nowMs, deltaMs, mayMove ? { ...push, isJoystick } : undefined);
    for (const input of inputs) this.connection.send('input', input);
    const { me, view } = sim;
    this.media.update({ x: me.x, z: me.z, yaw: view.yaw }, (id) => sim.others.get(id), nowMs);
    this.surroundings?.advance(sim, this.plan, deltaMs);
    this.viewWatch.advance(this.plan, nowMs);
  }

  /** Tells server and media what we send now. */
  handleTracks(tracks: LocalTracks): void {
    this.media.setTracks(tracks);
    const { mic, cam, screen } = tracks;
    this.told.tell({ mic: !!mic, cam: !!cam, screen: !!screen });
  }

  setStatus(status: StatusMessage): void {
    store.setState({ status });
    this.connection.send('status', status);
  }

  askCircle(ask: CircleMessage): void {
    if (ask.do === 'let-in' || ask.do === 'turn-away') forgetKnock(ask.id);
    this.connection.send('circle', ask);
  }

  /** Facts for the developer panel. */
  get facts() {
    return { plan: this.plan, views: this.viewWatch.asked };
  }

  private handleState(state: ConnectionState, problem: Problem | undefined): void {
    // The address named a world that there isn't; the usual one is always there.
    if (state === 'offline' && problem?.code === 'not-found' && this.place.world !== undefined) {
      toast(`${problem.message} You come to the usual one.`, 'warning');
      this.enter();
      return;
    }
    // Put out, or not let in any more: trying again by itself is no use. The door says why.
    if (state === 'offline' && problem?.code === 'not-yours') {
      this.leave(problem);
      return;
    }
    patch('connection', { state, problem });
    if (state === 'offline' && store.getState().phase === 'entering') store.setState({ phase: 'lobby' });
  }

  private handleMessage<T extends keyof ServerMessages>(type: T, message: ServerMessages[T]): void {
    const handlers: { [K in keyof ServerMessages]: (message: ServerMessages[K]) => void } = {
      welcome: (welcome) => void this.handleWelcome(welcome),
      travel: (travel) => void this.goTo(travel),
      knock: showKnock,
      'knock-answer': showKnockAnswer,
      'knock-over': ({ from }) => forgetKnock(from),
      blocked: ({ ids }) => store.setState({ blocked: ids }),
      media: (media) => this.handleMedia(media),
      plan: (plan) => this.handlePlan(plan),
      direct: (direct) => this.media.handleDirect(direct),
      'rtc-event': (event) => this.media.handleRtcEvent(event),
      signal: (signal) => this.media.handleSignal(signal),
      // The connection ends with it, and says why.
      'put-out': () => undefined,
      problem: (problem) => {
        if (problem.code === 'too-many' && problem.about === 'devices') this.told.refused();
        else if (!QUIET.has(problem.code)) toast(problem.message, 'warning');
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
    // Another id is another visit: there is no knock at our circle yet, and nobody is blocked.
    const isNew = store.getState().me !== welcome.id;
    store.setState({ me: welcome.id, ...(isNew && { knocks: [], blocked: [] }) });
    if (this.roster) showRoster(this.roster);
    try {
      if (this.map?.id !== welcome.worldId) {
        this.sim = undefined;
        const { ahead } = this;
        const map = ahead?.id === welcome.worldId ? ahead : await loadWorld(welcome.worldId);
        if (isOver()) return;
        this.map = map;
      }
      this.ahead = undefined;
    } catch (error) {
      if (isOver()) return;
      this.leave({ code: 'internal', message: error instanceof Error ? error.message : String(error) });
      return;
    }
    this.isArriving ||= this.sim === undefined;
    const sim = this.sim ?? new Sim(this.map);
    this.sim = sim;
    this.surroundings = new Surroundings(this.map);
    sim.setMe(welcome.id);
    sim.forgetOthers();
    this.connection.send('input', sim.prediction.hello());
    this.media.setMe(welcome.id);
    // Our tracks first: a way that opens with them needs to agree only once.
    this.onReady();
    const { status } = store.getState();
    if (status.deaf || status.busy) this.connection.send('status', status);
    this.ownSpeaking.startAnew();
    this.plan = [];
    this.handleMedia(welcome.media);
    for (const run of this.waiting.splice(0)) run();
    this.arrive(welcome, this.map);
  }

  private arrive({ copy, overflow }: ServerMessages['welcome'], { id, name }: WorldMap): void {
    store.setState({ phase: 'world', world: { id, name }, copy });
    const asked = this.place.world === id ? this.place.copy : undefined;
    const notice = copyNotice({ name, copy, overflow, asked });
    if (notice !== undefined) toast(notice);
    this.place = { world: id, copy };
    this.connection.stayIn(id, copy);
  }

  private handlePoses(sim: Sim, bytes: Uint8Array): void {
    sim.handlePoses(bytes, performance.now());
    if (!this.isArriving || !decodeFrame(bytes).self) return;
    // Now the place is known: look where we face, and show it.
    this.isArriving = false;
    sim.view.yaw = sim.me.yaw;
    store.setState({ travelling: undefined });
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
    // New credentials alone change nothing of whom we hear.
    if (media.epoch !== this.mediaEpoch) this.plan = [];
    this.mediaEpoch = media.epoch;
    this.media.setPath(media);
  }

  private handlePlan(plan: PlanMessage): void {
    this.plan = plan.entries;
    this.media.handlePlan(plan);
    this.surroundings?.hurry();
  }
}
