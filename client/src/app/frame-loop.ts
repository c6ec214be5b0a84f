import type { FrameHook } from '../scene/frame-hook.ts';

/** A hidden page gets no frames; time passes for the world and the voices all the same, this often in milliseconds. */
const HIDDEN_MS = 250;
/** Half a frame of a 60 Hz screen: with a cap, a frame that comes this little early counts as due. */
const EARLY_MS = 8;

/** What runs each frame, in this order. */
export interface FrameSteps {
  /** Keys become inputs, bodies move, voices follow their distance. */
  advance(nowMs: number, deltaMs: number): void;
  /** Time the last frame took between two frames, for the quality that adapts. Not called for a hidden page. */
  measured(nowMs: number, deltaMs: number): void;
}

/** The one clock of the page: sim, then sound, then picture. */
export class FrameLoop implements FrameHook {
  private readonly steps: FrameSteps;
  private readonly maxFps: () => number;
  private readonly renderers = new Set<(nowMs: number, deltaSeconds: number) => void>();
  private frame = 0;
  private timer: ReturnType<typeof setInterval> | undefined;
  private lastMs: number;
  private advancedMs: number;

  /** @param maxFps frames a second at most; 0 for as many as the screen shows */
  constructor(steps: FrameSteps, maxFps: () => number) {
    this.steps = steps;
    this.maxFps = maxFps;
    this.lastMs = performance.now();
    this.advancedMs = this.lastMs;
    document.addEventListener('visibilitychange', this.follow);
    this.follow();
  }

  onRender(render: (nowMs: number, deltaSeconds: number) => void): () => void {
    this.renderers.add(render);
    return () => this.renderers.delete(render);
  }

  /** Lets the time until now pass before the next frame is due: an input that waits for a picture comes late. */
  advanceNow(): void {
    const nowMs = performance.now();
    this.steps.advance(nowMs, Math.max(0, nowMs - this.advancedMs));
    this.advancedMs = nowMs;
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.follow);
    cancelAnimationFrame(this.frame);
    clearInterval(this.timer);
  }

  private readonly follow = (): void => {
    cancelAnimationFrame(this.frame);
    clearInterval(this.timer);
    if (document.hidden) this.timer = setInterval(() => this.pass(performance.now()), HIDDEN_MS);
    else this.frame = requestAnimationFrame(this.draw);
  };

  private readonly draw = (): void => {
    this.frame = requestAnimationFrame(this.draw);
    const nowMs = performance.now();
    const cap = this.maxFps();
    if (cap > 0 && nowMs - this.lastMs < 1000 / cap - EARLY_MS) return;
    const deltaMs = this.pass(nowMs);
    for (const render of this.renderers) render(nowMs, deltaMs / 1000);
    this.steps.measured(nowMs, deltaMs);
  };

  /** @returns milliseconds since the frame before */
  private pass(nowMs: number): number {
    const deltaMs = Math.max(0, nowMs - this.lastMs);
    this.lastMs = nowMs;
    this.steps.advance(nowMs, Math.max(0, nowMs - this.advancedMs));
    this.advancedMs = nowMs;
    return deltaMs;
  }
}
