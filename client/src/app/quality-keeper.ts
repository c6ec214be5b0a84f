import { type AdaptState, adaptQuality, startAdapting } from '../scene/adapt-quality.ts';
import { store } from '../store/store.ts';

/** Frames a second at most, by quality: a weak machine keeps something for the voices. */
const MAX_FPS = { low: 30, medium: 60, high: 0 } as const;
/** What a screen shows without a cap, in frames a second. */
const SCREEN_FPS = 60;

/** Keeps the quality in use: the one that was chosen, or the one that frame times allow. */
export class QualityKeeper {
  private adapting: AdaptState | undefined;

  constructor() {
    this.takeChosen();
    store.subscribe((state, before) => {
      if (state.settings.quality !== before.settings.quality) this.takeChosen();
    });
  }

  /** One frame was drawn. @param deltaMs since the one before */
  measured(nowMs: number, deltaMs: number): void {
    const { settings, activeQuality } = store.getState();
    if (settings.quality !== 'auto') return;
    const before = this.adapting ?? startAdapting(activeQuality, nowMs);
    const targetMs = 1000 / Math.min(SCREEN_FPS, this.maxFps() || SCREEN_FPS);
    this.adapting = adaptQuality(before, { nowMs, frameMs: deltaMs, targetMs });
    if (this.adapting.level !== activeQuality) store.setState({ activeQuality: this.adapting.level });
  }

  maxFps(): number {
    const { settings, activeQuality } = store.getState();
    return settings.maxFps > 0 ? settings.maxFps : MAX_FPS[activeQuality];
  }

  private takeChosen(): void {
    const { quality } = store.getState().settings;
    this.adapting = undefined;
    if (quality !== 'auto') store.setState({ activeQuality: quality });
  }
}
