import { STEP_HZ } from '@chatmux/schema';

/** Counts movement steps while it runs, and stands still while it rests. */
export class StepClock {
  private ranMs = 0;
  private since: number | undefined;

  get isRunning(): boolean {
    return this.since !== undefined;
  }

  start(nowMs: number): void {
    this.since ??= nowMs;
  }

  stop(nowMs: number): void {
    if (this.since === undefined) return;
    this.ranMs += nowMs - this.since;
    this.since = undefined;
  }

  /** Whole steps so far. */
  step(nowMs: number): number {
    const ms = this.ranMs + (this.since === undefined ? 0 : nowMs - this.since);
    return Math.floor((ms * STEP_HZ) / 1000);
  }
}
