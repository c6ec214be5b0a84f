import type { Milliseconds } from '@chatmux/schema';
import type { SharingState, Toast } from '../store/types.ts';
import type { LocalTracks } from './path.ts';
import { shareSentence } from './screen-words.ts';
import { SCREEN_FRAME_RATE } from './send-quality.ts';

type ScreenTracks = Pick<LocalTracks, 'screen' | 'screen-audio'>;

export interface ScreenCallbacks {
  onState(state: SharingState): void;
  /** What we share from now on. The tracks are the screen's: nobody else stops them. */
  onTracks(tracks: ScreenTracks): void;
  onSay(sentence: string, tone: Toast['tone']): void;
}

/** Our own screen, shared or not. */
export interface Screen {
  /** Lets one choose what to share. Browsers allow it in a gesture alone. */
  start(): void;
  stop(): void;
  tracks(): ScreenTracks;
}

/** Whether this browser can share a screen at all; those of phones can't. */
const canShareScreen = (): boolean =>
  typeof navigator !== 'undefined' && typeof navigator.mediaDevices?.getDisplayMedia === 'function';

/** The options of newer browsers that TypeScript's own library doesn't know. */
interface DisplayOptions extends DisplayMediaStreamOptions {
  systemAudio: 'include' | 'exclude';
  surfaceSwitching: 'include' | 'exclude';
  selfBrowserSurface: 'include' | 'exclude';
}

const OPTIONS: DisplayOptions = {
  video: { frameRate: { ideal: SCREEN_FRAME_RATE, max: 30 } },
  // What the screen plays is passed on as it is: it is no voice.
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  systemAudio: 'include',
  surfaceSwitching: 'include',
  // Ourselves in ourselves, without end.
  selfBrowserSurface: 'exclude',
};

export function createScreen({ onState, onTracks, onSay }: ScreenCallbacks): Screen {
  let shared: MediaStream | undefined;
  let asking = false;

  const tracks = (): ScreenTracks => ({
    screen: shared?.getVideoTracks()[0],
    'screen-audio': shared?.getAudioTracks()[0],
  });

  function use(stream: MediaStream): void {
    const [picture] = stream.getVideoTracks();
    if (!picture) throw new DOMException('the browser gave no picture', 'NotReadableError');
    // Words are to be read: sharpness before smoothness.
    picture.contentHint = 'detail';
    shared = stream;
    // The browser's own bar, or the shared window is gone. Our own stop() never fires this.
    for (const track of stream.getTracks())
      track.addEventListener('ended', () => {
        if (shared !== stream) return;
        if (track === picture) return stop();
        // Its sound alone ended.
        stream.removeTrack(track);
        onTracks(tracks());
      });
    onState('on');
    onTracks(tracks());
  }

  async function ask(): Promise<void> {
    const askedAtMs: Milliseconds = performance.now();
    asking = true;
    onState('asking');
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia(OPTIONS);
      asking = false;
      use(stream);
    } catch (error) {
      asking = false;
      onState(shared ? 'on' : 'off');
      const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
      console.info('no screen is shared', error);
      const sentence = shareSentence({ name, message }, performance.now() - askedAtMs);
      if (sentence !== undefined) onSay(sentence, 'warning');
    }
  }

  function stop(): void {
    if (!shared) return;
    const ended = shared;
    shared = undefined;
    for (const track of ended.getTracks()) track.stop();
    onTracks(tracks());
    onState('off');
  }

  const isAble = canShareScreen();
  if (!isAble) onState('unable');

  return {
    start() {
      if (isAble && !shared && !asking) void ask();
    },
    stop,
    tracks,
  };
}
