/** Numbers both ends of a wire must agree on. Tunables that only one side needs live with that side. */

/** Version of the messages in this package; a client of another version is told to reload. */
export const PROTOCOL_VERSION = 5;

/** Ticks a second of the authoritative server. */
export const TICK_HZ = 20;
/** Movement steps in one tick: bodies move in fixed steps finer than a tick, so that a key press shows on the next frame. */
export const STEPS_PER_TICK = 3;
/** Movement steps a second. */
export const STEP_HZ = TICK_HZ * STEPS_PER_TICK;
/** Length of a movement step, in seconds. */
export const STEP_SECONDS = 1 / STEP_HZ;

/** Walking and running speed, in metres a second. */
export const WALK_SPEED = 3.2;
export const RUN_SPEED = 6;
/** Radius of a body on the ground, in metres. */
export const BODY_RADIUS = 0.35;

/** Directions a heading is quantised to: a full turn. */
export const HEADING_STEPS = 65536;

/** A heading may change at most once in this many steps; gait changes pass at once. Keeps mouse-steering at 20 messages/s. */
export const HEADING_CHANGE_STEPS = 3;
/** Longest silence of a client between two inputs, in milliseconds, while it moves and while it stands. */
export const HEARTBEAT_MOVING_MS = 250;
export const HEARTBEAT_STANDING_MS = 2000;

/**
 * Messages a second one client may send, all kinds together; more closes the connection. Above the sum of what the limits
 * of each kind let through at once: those refuse with words, and others may make an honest client say much.
 */
export const MAX_MESSAGES_PER_SECOND = 900;
/** Inputs a second one client may send before the rest is refused. */
export const MAX_INPUTS_PER_SECOND = 45;

export const NAME_MAX_LENGTH = 24;
export const PRONOUNS_MAX_LENGTH = 24;
export const ABOUT_MAX_LENGTH = 80;
/** Person colours a theme holds, numbered from 0. */
export const PERSON_COLOURS = 12;
/** Longest description (SDP) or parameter block accepted in signalling, in characters. */
export const MAX_SIGNAL_LENGTH = 48_000;
/** Largest WebSocket message a client may send, in bytes. */
export const MAX_CLIENT_PAYLOAD = 64 * 1024;

/** Metres in one unit of a coordinate on the wire: ±655 m fit in 16 bits. */
export const POSE_GRAIN = 0.02;
/** Side of an interest cell, in metres and in grains: poses travel by cell. */
export const CELL_METRES = 8;
export const CELL_GRAINS = Math.round(CELL_METRES / POSE_GRAIN);

/** Name under which a copy of a world may be asked for: copies are numbered from 1. */
export const MAX_COPY = 999;

/** Name under which the world room is defined at the matchmaker. */
export const WORLD_ROOM = 'world';
