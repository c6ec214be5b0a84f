import { type Body, type CollisionMap, type HeldInput, STANDING, stepMovement } from '@chatmux/engine';
import {
  HEADING_CHANGE_STEPS,
  HEADING_STEPS,
  HEARTBEAT_MOVING_MS,
  HEARTBEAT_STANDING_MS,
  type InputMessage,
  type Milliseconds,
  type SelfMessage,
  STEP_HZ,
  STEP_SECONDS,
} from '@chatmux/schema';

/** Steps remembered for replay: ten seconds, far more than any acknowledgement takes. */
const REMEMBERED = 10 * STEP_HZ;
/** After a longer pause of the page the time between is lost, not caught up with. */
const MAX_CATCH_UP_SECONDS = 1;
/** A correction below this is invisible, in metres. */
const SAME_METRES = 0.001;
/** A correction above this is shown at once; a smaller one fades. */
const CUT_METRES = 2;
/** Time in which half of a shown error fades, in milliseconds. */
const ERROR_HALF_LIFE_MS = 80;
/** A turn below this (half a degree) is not worth a message. */
const SMALLEST_TURN = Math.round(HEADING_STEPS / 720);
const SAME_PLACE = { x: 0, z: 0 };

function headingsApart(a: number, b: number): number {
  const apart = Math.abs(a - b) % HEADING_STEPS;
  return Math.min(apart, HEADING_STEPS - apart);
}

/**
 * Our own body, ahead of the server: moves at once with the same steps the server will take, and takes the server's word
 * when it comes, by replaying what it has not seen yet.
 */
export class Prediction {
  private readonly map: CollisionMap;
  private step = 0;
  private body: Body;
  private held: HeldInput = STANDING;
  private heldSince = 0;
  private seq = 0;
  /** Newest input the server has taken; −1 before it spoke of one. */
  private taken = -1;
  private sentStep = 0;
  private restSeconds = 0;
  /** Bodies at the beginning of past steps, and what was held during them, by step modulo REMEMBERED. */
  private readonly bodies: (Body | undefined)[] = new Array(REMEMBERED);
  private readonly inputs: (HeldInput | undefined)[] = new Array(REMEMBERED);
  private errorX = 0;
  private errorZ = 0;
  /** How often the server disagreed, and by how much at most in metres: for the developer panel and tests. */
  readonly corrections = { count: 0, largest: 0 };

  constructor(map: CollisionMap, at: Body) {
    this.map = map;
    this.body = at;
  }

  /**
   * Lets time pass.
   * @param wantedAt what the keys say at a place on the way; asked at every step
   * @returns inputs to send, oldest first; usually none
   */
  advance(deltaMs: Milliseconds, wantedAt: (body: Body) => HeldInput): InputMessage[] {
    const outbox: InputMessage[] = [];
    // A step whose beginning was shown walking is walked to its end: taking it back would be a step backwards. A press
    // while we stand holds at once, even before a whole step has passed.
    let begun = this.restSeconds > 0 && this.held.gait !== 0;
    this.restSeconds = Math.min(MAX_CATCH_UP_SECONDS, this.restSeconds + deltaMs / 1000);
    for (;;) {
      if (!begun) this.take(wantedAt(this.body), outbox);
      if (this.restSeconds < STEP_SECONDS) break;
      begun = false;
      this.remember();
      this.body = stepMovement(this.body, this.held, this.map, STEP_SECONDS);
      this.step += 1;
      this.restSeconds -= STEP_SECONDS;
    }
    const silence = ((this.step - this.sentStep) / STEP_HZ) * 1000;
    if (silence >= (this.held.gait === 0 ? HEARTBEAT_STANDING_MS : HEARTBEAT_MOVING_MS))
      outbox.push(this.say());
    const fade = 0.5 ** (deltaMs / ERROR_HALF_LIFE_MS);
    this.errorX *= fade;
    this.errorZ *= fade;
    return outbox;
  }

  /** Where to draw us now: the part of a step that has passed counts, so that a key shows on the next frame. */
  shown(): Body {
    const body = stepMovement(this.body, this.held, this.map, this.restSeconds);
    return { x: body.x + this.errorX, z: body.z + this.errorZ, yaw: body.yaw };
  }

  get gait(): HeldInput['gait'] {
    return this.held.gait;
  }

  /** Inputs on their way, or whose answer is: for tests. One before the first was said. */
  get unanswered(): number {
    return this.seq - this.taken;
  }

  /** Takes the server's word. Small differences fade, large ones and cuts show at once. */
  reconcile(self: SelfMessage): void {
    this.taken = self.seq;
    const before = this.shown();
    const at: Body = { x: self.x, z: self.z, yaw: self.yaw };
    if (self.seq < 0 || self.step > this.step || this.step - self.step >= REMEMBERED) {
      this.body = at;
    } else {
      const predicted = self.step === this.step ? this.body : this.bodies[self.step % REMEMBERED];
      if (predicted && !self.cut && Math.hypot(predicted.x - at.x, predicted.z - at.z) < SAME_METRES) return;
      this.replay(self.step, at);
    }
    const after = this.shown();
    const [dx, dz] = [before.x - after.x, before.z - after.z];
    const error = Math.hypot(dx, dz);
    if (!self.cut && error > SAME_METRES) {
      this.corrections.count += 1;
      this.corrections.largest = Math.max(this.corrections.largest, error);
    }
    const { x, z } =
      self.cut || error > CUT_METRES ? SAME_PLACE : { x: this.errorX + dx, z: this.errorZ + dz };
    this.errorX = x;
    this.errorZ = z;
  }

  /** What to say first on a new connection: where our count of steps stands. */
  hello(): InputMessage {
    return this.say();
  }

  private replay(from: number, at: Body): void {
    this.body = at;
    for (let step = from; step < this.step; step++) {
      this.bodies[step % REMEMBERED] = this.body;
      this.body = stepMovement(this.body, this.inputs[step % REMEMBERED] ?? STANDING, this.map, STEP_SECONDS);
    }
  }

  /** Holds what the keys say from this step on, if that is new and, for a mere turn, not too soon after the last. */
  private take(wanted: HeldInput, outbox: InputMessage[]): void {
    const { held } = this;
    const turned = wanted.gait !== 0 && headingsApart(wanted.heading, held.heading) >= SMALLEST_TURN;
    if (wanted.gait === held.gait && !(turned && this.step - this.heldSince >= HEADING_CHANGE_STEPS)) return;
    this.held = wanted.gait === 0 ? { gait: 0, heading: held.heading } : wanted;
    this.heldSince = this.step;
    const last = outbox.at(-1);
    // Two changes in one step: only the later one ever holds.
    if (last?.step === this.step) outbox.pop();
    outbox.push(this.say());
  }

  private say(): InputMessage {
    this.seq += 1;
    this.sentStep = this.step;
    return { seq: this.seq, step: this.step, gait: this.held.gait, heading: this.held.heading };
  }

  private remember(): void {
    this.bodies[this.step % REMEMBERED] = this.body;
    this.inputs[this.step % REMEMBERED] = this.held;
  }
}
