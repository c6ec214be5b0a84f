import type { Milliseconds } from '@chatmux/schema';
import type { ScreenKind, SharingState, Toast } from '../../store/types.ts';
import type { LocalTracks } from '../path.ts';
import { SCREEN_KINDS } from './screen-quality.ts';
import { shareSentence } from './screen-words.ts';

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
  /** What it is for, from now on; what is shared already changes, too. */
  setKind(kind: ScreenKind): void;
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

const MOST_FRAMES = 30;

const optionsOf = (kind: ScreenKind): DisplayOptions => ({
  video: { frameRate: { ideal: SCREEN_KINDS[kind].frameRate, max: MOST_FRAMES } },
  // What the screen plays is passed on as it is: it is no voice.
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  systemAudio: 'include',
  surfaceSwitching: 'include',
  // Ourselves in ourselves, without end.
  selfBrowserSurface: 'exclude',
});

export function createScreen(
  { onState, onTracks, onSay }: ScreenCallbacks,
  initial: ScreenKind = 'text',
): Screen {
  let kind = initial;
  let shared: MediaStream | undefined;
  let asking = false;
  /** What is being chosen is not to be shared any more. */
  let unwanted = false;

  const tracks = (): ScreenTracks => ({
    screen: shared?.getVideoTracks()[0],
    'screen-audio': shared?.getAudioTracks()[0],
  });

  function use(stream: MediaStream): void {
    const [picture] = stream.getVideoTracks();
    if (!picture) throw new DOMException('the browser gave no picture', 'NotReadableError');
    picture.contentHint = SCREEN_KINDS[kind].hint;
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
    unwanted = false;
    onState('asking');
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia(optionsOf(kind));
      asking = false;
      // Ended before it was chosen: by a key, or because the stay is over.
      if (!unwanted) return use(stream);
      for (const track of stream.getTracks()) track.stop();
      onState('off');
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
    unwanted = asking;
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
    setKind(next) {
      if (next === kind) return;
      kind = next;
      const picture = shared?.getVideoTracks()[0];
      if (!picture) return;
      picture.contentHint = SCREEN_KINDS[kind].hint;
      picture
        .applyConstraints({ frameRate: { ideal: SCREEN_KINDS[kind].frameRate, max: MOST_FRAMES } })
        .catch((error: unknown) => console.warn('the screen keeps its pace', error))
        // The same tracks, to be sent otherwise.
        .finally(() => onTracks(tracks()));
    },
    tracks,
  };
}
