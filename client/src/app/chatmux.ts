import type { Friend } from '@chatmux/schema';
import { Keyboard } from '../input/keyboard.ts';
import { createDevices, createScreen, type Devices, playTestSound, type Screen } from '../media/index.ts';
import { placeHash, readPlace } from '../store/place-address.ts';
import { patch, store, toast } from '../store/store.ts';
import { keepAccount } from './account-keeper.ts';
import type { Actions } from './actions.ts';
import { debugFacts } from './debug-facts.ts';
import { describeSession } from './describe-session.ts';
import { FrameLoop } from './frame-loop.ts';
import { keepFriends } from './friends-keeper.ts';
import { keepInvites } from './invite-keeper.ts';
import { MutedKeeper } from './muted-keeper.ts';
import { keepOrder } from './order-keeper.ts';
import { QualityKeeper } from './quality-keeper.ts';
import { RoomIdentity } from './room-identity.ts';
import { WorldSession } from './world-session.ts';

/** The running client: devices and frame loop for the life of the page, a session for each stay in the world. */
export class Chatmux {
  session: WorldSession | undefined;
  readonly frames: FrameLoop;
  readonly devices: Devices;
  readonly screen: Screen;
  readonly actions: Actions;
  private readonly account = keepAccount();
  private readonly friends = keepFriends(this.account);
  private readonly order = keepOrder();
  private readonly invites = keepInvites();
  private readonly quality = new QualityKeeper();
  private readonly voice: MutedKeeper;

  constructor() {
    const keyboard = new Keyboard(window, () => this.frames.advanceNow());
    this.frames = new FrameLoop(
      {
        advance: (nowMs, deltaMs) => this.session?.advance(nowMs, deltaMs),
        measured: (nowMs, deltaMs) => this.session?.sim && this.quality.measured(nowMs, deltaMs),
      },
      () => this.quality.maxFps(),
    );
    this.devices = createDevices(
      {
        onChange: (change) => patch('devices', change),
        isWeak: () => store.getState().activeQuality === 'low',
        onTracks: (tracks) => {
          if (this.session) this.shareTracks(this.session);
          store.setState({ selfVideo: tracks.cam && new MediaStream([tracks.cam]) });
        },
        onSpeaker: (deviceId) => this.session?.media.setSpeaker(deviceId),
        // The lobby says it in the place where the device is chosen.
        onSay: (text, tone) => store.getState().phase === 'world' && toast(text, tone),
      },
      store.getState().devices,
    );
    this.screen = createScreen(
      {
        onState: (sharing) => store.setState({ sharing }),
        onTracks: ({ screen }) => {
          if (this.session) this.shareTracks(this.session);
          // The same picture, sent otherwise, needs no new tile.
          if (store.getState().selfScreen?.getVideoTracks()[0] !== screen)
            store.setState({ selfScreen: screen && new MediaStream([screen]) });
        },
        onSay: toast,
      },
      store.getState().settings.screenKind,
    );
    this.voice = new MutedKeeper(() => {
      this.devices.setMic(false);
      this.screen.stop();
    });
    this.actions = this.createActions(keyboard);
    store.subscribe((state, before) => {
      if (state.settings.volume !== before.settings.volume)
        this.session?.media.setVolume(state.settings.volume);
      this.session?.media.setDirect(state.settings.direct);
      if (state.people !== before.people) this.session?.media.handleRoster();
      if (state.settings.pictures !== before.settings.pictures)
        this.session?.media.setPrefers(state.settings.pictures);
      this.screen.setKind(state.settings.screenKind);
      if (state.world !== before.world || state.copy !== before.copy) showPlace();
    });
    addEventListener('hashchange', () => {
      if (!this.invites.take()) void this.follow();
    });
    // A goodbye frees the seat at once; without it our ghost would stand there for the time of grace.
    addEventListener('pagehide', () => this.session?.connection.leave());
    addEventListener('pageshow', (event) => {
      if (event.persisted && this.session) location.reload();
    });
    // Nobody would notice any more that a key was let go.
    addEventListener('blur', () => this.devices.letGo());
    document.addEventListener('visibilitychange', () => this.devices.letGo());
    addEventListener('online', () => this.session?.connection.retryNow());
  }

  private createActions(keyboard: Keyboard): Actions {
    return {
      enter: () => {
        const place = readPlace(location.hash);
        if (!place) toast('The address names no place there could be. You come to the usual one.', 'warning');
        this.session?.leave();
        const session = new WorldSession(keyboard, () => {
          this.shareTracks(session);
          identity.welcome();
        });
        const identity = new RoomIdentity(
          (ticket) => session.connection.send('identify', { ticket }),
          this.account,
        );
        this.session = session;
        session.onEnded = () => {
          identity.close();
          if (this.session === session) this.session = undefined;
          this.screen.stop();
        };
        session.media.setSpeaker(this.devices.speakerId());
        // Here, in the gesture: otherwise the browser plays nothing.
        session.media.resume();
        session.enter(place ?? {});
      },
      leave: () => this.session?.leave(),
      reconnect: () => this.session?.connection.retryNow(),
      setMic: (on) => {
        if (!on || this.voice.mayTurnOn()) this.devices.setMic(on);
      },
      setCam: (on) => this.devices.setCam(on),
      shareScreen: (on) => {
        if (!on) this.screen.stop();
        else if (this.voice.mayTurnOn()) this.screen.start();
      },
      chooseDevice: (kind, deviceId) => this.devices.choose(kind, deviceId),
      setCleaning: (cleaning) => this.devices.setCleaning(cleaning),
      setProfile: (profile) => this.devices.setProfile(profile),
      setTalk: (mode) => this.devices.setTalk(mode),
      holdToTalk: (holder, on) => this.devices.hold(holder, on),
      testSpeaker: () => this.testSpeaker(),
      micLevel: () => this.devices.micLevel(),
      voiceLevel: (id) => this.session?.media.voiceLevel(id) ?? 0,
      walkToPerson: (id) => this.walkToPerson(id),
      setJoystick: (x, y) => {
        if (this.session) Object.assign(this.session.joystick, { x, y });
      },
      setStatus: (status) => this.session?.setStatus(status),
      setBlocked: (id, on) => this.session?.connection.send('block', { id, on }),
      circle: (ask) => this.session?.askCircle(ask),
      moderate: (message) => this.session?.connection.send('moderate', message),
      order: this.order,
      acceptInvite: () => void this.invites.accept(),
      forgetInvite: (secret) => this.invites.forget(secret),
      account: this.account,
      friends: this.friends,
      goToFriend: (friend) => this.goToFriend(friend),
      debug: () => this.session && debugFacts(this.session),
      inspect: () => (this.session ? describeSession(this.session) : []),
    };
  }

  private async testSpeaker(): Promise<boolean> {
    try {
      await playTestSound(this.devices.speakerId());
      return true;
    } catch (error) {
      console.warn('the test sound could not be played', error);
      return false;
    }
  }

  /** Goes where the address says, when somebody put another one there while we are inside. */
  private async follow(): Promise<void> {
    const { world, copy } = store.getState();
    if (!this.session || !world) return;
    const place = readPlace(location.hash);
    if (!place) toast('The address names no place there could be.', 'warning');
    const isHere = place?.world === world.id && (place.copy ?? copy) === copy;
    if (place?.world !== undefined && !isHere)
      await this.session.goTo({ world: place.world, copy: place.copy });
    showPlace();
  }

  private shareTracks(session: WorldSession): void {
    const { devices, screen } = this;
    session.handleTracks({ mic: devices.micTrack(), cam: devices.camTrack(), ...screen.tracks() });
  }

  private goToFriend({ id, name, place }: Friend): void {
    const { people, world, copy } = store.getState();
    const here = Object.values(people).find((person) => person.identity === id && person.here);
    if (here) this.walkToPerson(here.id);
    else if (!place) toast(`${name} is in no world now.`);
    else if (place.world === world?.id && place.copy === copy) toast(`${name} is just coming or going.`);
    else void this.session?.goTo({ world: place.world, copy: place.copy });
  }

  /** Stops a step away, facing them. */
  private walkToPerson(id: number): void {
    const sim = this.session?.sim;
    const body = sim?.others.get(id);
    if (!sim || !body) {
      toast('They are too far away to walk to from here.');
      return;
    }
    const [dx, dz] = [sim.me.x - body.x, sim.me.z - body.z];
    const distance = Math.hypot(dx, dz);
    if (distance <= TALKING_METRES) return;
    sim.walkTo(body.x + (dx / distance) * TALKING_METRES, body.z + (dz / distance) * TALKING_METRES);
  }
}

/** The address says where one is; whoever opens it comes there. */
function showPlace(): void {
  const { world, copy } = store.getState();
  if (world) history.replaceState(history.state, '', placeHash({ world: world.id, copy }));
}

/** How far people stand apart when they talk, in metres. */
const TALKING_METRES = 1.6;
