import { store, toast } from '../store/store.ts';
import type { AppState } from '../store/types.ts';

const MUTED = 'A moderator has muted you. Others don’t hear you for now.';

const isMuted = ({ people, me }: Pick<AppState, 'people' | 'me'>): boolean =>
  me !== undefined && people[me]?.muted === true;

/** Whoever is muted is told so, and sends no sound: what the server would leave out is not even captured. */
export class MutedKeeper {
  private readonly silence: () => void;
  private was = false;

  /** @param silence turns off what has sound */
  constructor(silence: () => void) {
    this.silence = silence;
    store.subscribe((state, before) => {
      if (state.people === before.people && state.me === before.me) return;
      // Between two seats nothing is known, and nothing is said.
      if (state.me === undefined || !state.people[state.me]) {
        if (state.phase !== 'world') this.was = false;
        return;
      }
      this.look(isMuted(state));
    });
  }

  /** Whether microphone and screen may be turned on; says why not. */
  mayTurnOn(): boolean {
    if (!isMuted(store.getState())) return true;
    toast(MUTED, 'warning');
    return false;
  }

  private look(muted: boolean): void {
    if (muted === this.was) return;
    this.was = muted;
    if (!muted) {
      toast('You may speak again.', 'good');
      return;
    }
    this.silence();
    toast(MUTED, 'warning');
  }
}
