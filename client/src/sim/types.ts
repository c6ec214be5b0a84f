import type { Gait, Metres, PersonId, Radians } from '@chatmux/schema';

/** How a body is shown this frame. Objects are kept and changed in place: nothing is allocated per frame. */
export interface ShownBody {
  x: Metres;
  z: Metres;
  yaw: Radians;
  /** Metres a second on the ground, smoothed: walk cycles match it. */
  speed: Metres;
}

/** Where the camera looks from; the scene changes it by drag, wheel and touch, steering reads the yaw. */
export interface View {
  /** Direction the camera looks, as a yaw on the ground. */
  yaw: Radians;
  /** 0 level, positive looks down. */
  pitch: Radians;
  /** Metres behind the avatar. */
  distance: Metres;
}

/** What scene and audio may read each frame, and the few things they may ask. */
export interface SimView {
  readonly me: ShownBody & { gait: Gait };
  /** Others in our interest area. */
  readonly others: ReadonlyMap<PersonId, ShownBody>;
  readonly view: View;
  /** Where a click asked us to walk, while we are on the way. */
  readonly goal: { x: Metres; z: Metres } | undefined;
  /** Walks to a point, around what is solid. Keys take over. */
  walkTo(x: Metres, z: Metres): void;
}
