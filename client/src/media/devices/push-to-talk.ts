import type { TalkMode } from '../../store/devices.ts';

/** What holds the talk open now; each must let go for itself. */
export type Holder = 'key' | 'button';

/** Who may talk when: by what is held, which ends when nobody could let go any more (another window, a hidden page). */
export class TalkGate {
  private readonly holders = new Set<Holder>();
  private mode: TalkMode;

  constructor(mode: TalkMode) {
    this.mode = mode;
  }

  setMode(mode: TalkMode): void {
    this.mode = mode;
    this.holders.clear();
  }

  hold(holder: Holder, on: boolean): void {
    if (on && this.mode === 'push') this.holders.add(holder);
    else this.holders.delete(holder);
  }

  letGo(): void {
    this.holders.clear();
  }

  get isHeld(): boolean {
    return this.holders.size > 0;
  }

  /** Whether what the microphone takes up goes out. */
  get isOpen(): boolean {
    return this.mode === 'open' || this.isHeld;
  }
}
