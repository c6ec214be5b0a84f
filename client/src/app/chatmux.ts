import { Keyboard } from '../input/keyboard.ts';
import { createDevices, type Devices } from '../media/index.ts';
import { patch, store, toast } from '../store/store.ts';
import type { Actions } from './actions.ts';
import { describeSession } from './describe-session.ts';
import { FrameLoop } from './frame-loop.ts';
import { QualityKeeper } from './quality-keeper.ts';
import { WorldSession } from './world-session.ts';

/** The running client: devices and frame loop for the life of the page, a session for each stay in the world. */
export class Chatmux {
  session: WorldSession | undefined;
  readonly frames: FrameLoop;
  readonly devices: Devices;
  readonly actions: Actions;
  private readonly quality = new QualityKeeper();

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
          this.session?.handleTracks(tracks);
          store.setState({ selfVideo: tracks.cam && new MediaStream([tracks.cam]) });
        },
        // The lobby says it in the place where the device is chosen.
        onSay: (text, tone) => store.getState().phase === 'world' && toast(text, tone),
      },
      store.getState().devices,
    );
    this.actions = this.createActions(keyboard);
    store.subscribe((state, before) => {
      if (state.settings.volume !== before.settings.volume)
        this.session?.media.setVolume(state.settings.volume);
    });
    // A goodbye frees the seat at once; without it our ghost would stand there for the time of grace.
    addEventListener('pagehide', () => this.session?.connection.leave());
    addEventListener('pageshow', (event) => {
      if (event.persisted && this.session) location.reload();
    });
    addEventListener('online', () => this.session?.connection.retryNow());
  }

  private createActions(keyboard: Keyboard): Actions {
    return {
      enter: () => {
        this.session?.leave();
        const session = new WorldSession(keyboard, () => this.shareTracks(session));
        this.session = session;
        session.media.setSpeaker(store.getState().devices.speakerId);
        session.enter();
      },
      leave: () => {
        this.session?.leave();
        this.session = undefined;
      },
      reconnect: () => this.session?.connection.retryNow(),
      setMic: (on) => this.devices.setMic(on),
      setCam: (on) => this.devices.setCam(on),
      chooseDevice: (which, deviceId) => {
        this.devices.choose(which, deviceId);
        if (which === 'speakerId') this.session?.media.setSpeaker(deviceId);
      },
      setCleanUp: (on) => this.devices.setCleanUp(on),
      micLevel: () => this.devices.micLevel(),
      voiceLevel: (id) => this.session?.media.voiceLevel(id) ?? 0,
      walkToPerson: (id) => this.walkToPerson(id),
      setJoystick: (x, y) => {
        if (this.session) Object.assign(this.session.joystick, { x, y });
      },
      inspect: () => (this.session ? describeSession(this.session) : []),
    };
  }

  private shareTracks(session: WorldSession): void {
    session.handleTracks({ mic: this.devices.micTrack(), cam: this.devices.camTrack() });
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

/** How far people stand apart when they talk, in metres. */
const TALKING_METRES = 1.6;
