/**
 * Units are part of the names in this code base; these aliases say them once more where a bare number would be unclear.
 * They are aliases, not brands: arithmetic on them stays plain.
 */

/** Length in metres. The ground is the x-z plane, y points up. */
export type Metres = number;
/** Duration in seconds. */
export type Seconds = number;
/** Duration in milliseconds. */
export type Milliseconds = number;
/** Angle in radians. Yaw 0 faces +z, and grows towards +x: forward = (sin yaw, cos yaw) in (x, z). */
export type Radians = number;
/** Small integer that names a person in one world room: 1 to 65535, reused only long after it was freed. */
export type PersonId = number;
