import { type Body, type CollisionMap, type HeldInput, STANDING, stepMovement } from '@chatmux/engine';
import { type InputMessage, ProblemError, STEP_HZ, STEP_SECONDS, STEPS_PER_TICK } from '@chatmux/schema';

/**
 * One person's movement on the server, in the client's own count of steps.
 *
 * `body` is exact: where the client's inputs put them when step `step` began. `shown` runs ahead of it, `ahead` steps,
 * on what the keys said last; a later input that reaches back is applied where it belongs and `shown` is made anew. So
 * the server agrees with the client's prediction to the last bit however late or uneven inputs arrive.
 */
export interface Mover {
  /** Last input's number; −1 before the first. */
  seq: number;
  step: number;
  body: Body;
  held: HeldInput;
  ahead: number;
  shown: Body;
  /** Steps of movement the client may still claim: grows with server time, so that nobody outruns the clock. */
  credit: number;
  /** The client must be told where it is: an input was applied, or it was put somewhere. */
  unacknowledged: boolean;
  /** The client must take the next acknowledgement whole. */
  cut: boolean;
}

/** Two seconds may arrive in one burst after a hitch of the network; what is older is lost. */
export const MAX_CREDIT = 2 * STEP_HZ;
/** Who arrives may claim a quarter of a second at once; the rest must be waited for, or rejoining would outrun the clock. */
const FRESH_CREDIT = STEP_HZ / 4;
/** Without a heartbeat nobody walks on for longer than this. */
export const MAX_AHEAD = Math.round(0.75 * STEP_HZ);
/** Lag between two inputs that is forgotten little by little, so that a slow clock doesn't build up an overshoot. */
const STEADY_AHEAD = STEPS_PER_TICK;
/**
 * Furthest an input carries the shown body ahead in its new direction: a third of a second, more than an honest line's
 * jitter. Beyond it, turning back in the past would throw the body across the place.
 */
export const MAX_TURNED_AHEAD = STEP_HZ / 3;

/** @param credit what is left of an earlier visit's, in steps */
export function createMover(body: Body, credit = FRESH_CREDIT): Mover {
  return {
    seq: -1,
    step: 0,
    body,
    held: STANDING,
    ahead: 0,
    shown: body,
    credit,
    unacknowledged: false,
    cut: false,
  };
}

/** Walks a body for whole steps. */
function walk(body: Body, held: HeldInput, steps: number, map: CollisionMap): Body {
  if (held.gait === 0) return body;
  let moved = body;
  for (let i = 0; i < steps; i++) moved = stepMovement(moved, held, map, STEP_SECONDS);
  return moved;
}

/**
 * Applies one input.
 * @throws ProblemError `stale` when it is older than what was applied; `too-fast` when it claims more movement than
 *   server time allows: the body is then moved as far as is allowed, and the client is told to take that place
 */
export function applyInput(mover: Mover, input: InputMessage, map: CollisionMap): void {
  if (input.seq <= mover.seq)
    throw new ProblemError('stale', `Input ${input.seq} came after input ${mover.seq}.`);
  const first = mover.seq < 0;
  const steps = first ? 0 : input.step - mover.step;
  if (steps < 0) throw new ProblemError('stale', `Step ${input.step} lies before step ${mover.step}.`);
  const cost = mover.held.gait === 0 ? 0 : steps;
  const allowed = Math.min(cost, mover.credit);
  mover.body = walk(mover.body, mover.held, allowed, map);
  mover.credit -= allowed;
  const reached = mover.step + mover.ahead;
  mover.seq = input.seq;
  mover.step = input.step;
  let ahead = first ? 0 : Math.max(0, Math.min(MAX_TURNED_AHEAD, reached - input.step));
  if (ahead > STEADY_AHEAD) ahead -= 1;
  mover.held = { gait: input.gait, heading: input.heading };
  mover.ahead = ahead;
  mover.shown = walk(mover.body, mover.held, ahead, map);
  mover.unacknowledged = true;
  if (allowed < cost) {
    mover.cut = true;
    throw new ProblemError('too-fast', `Input ${input.seq} claims ${cost} steps where ${allowed} were left.`);
  }
}

/** Server time passes in which no tick could run: what people may claim grows all the same. */
export function creditMover(mover: Mover, ticks: number): void {
  mover.credit = Math.min(MAX_CREDIT, mover.credit + ticks * STEPS_PER_TICK);
}

/** One server tick passes: credit grows, and the shown body walks on with what the keys said last. */
export function advanceMover(mover: Mover, map: CollisionMap): void {
  creditMover(mover, 1);
  const steps = Math.min(STEPS_PER_TICK, MAX_AHEAD - mover.ahead);
  mover.ahead += steps;
  mover.shown = walk(mover.shown, mover.held, steps, map);
}

/** Puts a body elsewhere; it goes on with what the keys said last. */
export function placeMover(mover: Mover, place: Body): void {
  mover.body = place;
  mover.shown = place;
  mover.ahead = 0;
  mover.cut = true;
  mover.unacknowledged = true;
}

/** Stops a body where it is shown: its client is gone for the moment. What it walked ahead is paid for. */
export function haltMover(mover: Mover): void {
  if (mover.held.gait !== 0) mover.credit = Math.max(0, mover.credit - mover.ahead);
  mover.body = mover.shown;
  mover.ahead = 0;
  mover.held = STANDING;
  mover.cut = true;
  mover.unacknowledged = true;
}
