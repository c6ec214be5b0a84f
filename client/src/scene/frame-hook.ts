import type { Milliseconds, Seconds } from '@chatmux/schema';

/** Draws one frame. `nowMs` is the clock of requestAnimationFrame, `deltaSeconds` the time since the last drawn frame. */
export type DrawFrame = (nowMs: Milliseconds, deltaSeconds: Seconds) => void;

/**
 * How the scene is drawn by the client's one frame loop: the loop calls what is registered here, once a frame, after the
 * simulation has moved. Nothing else draws the world, so a frame cap or a hidden tab is decided in one place.
 */
export interface FrameHook {
  /** Registers a draw function. @returns takes it away again */
  onRender(draw: DrawFrame): () => void;
}
