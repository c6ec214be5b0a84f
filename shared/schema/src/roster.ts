import { Encoder, type SchemaType, schema, t } from '@colyseus/schema';

/** Slow state of one person, sent to everyone in the room. Where they stand travels in pose frames. */
export const Person = schema(
  {
    /** PersonId, as in pose frames. */
    id: t.uint16(),
    name: t.string(),
    /** Who they are beyond this visit; empty for a guest. Several people of one identity are its tabs and devices. */
    identity: t.string(),
    colour: t.uint8(),
    mic: t.boolean(),
    cam: t.boolean(),
    /** They share their screen. */
    screen: t.boolean(),
    /** False while the connection is lost and the seat is kept. */
    here: t.boolean(),
    /** They hear nobody. */
    deaf: t.boolean(),
    /** They hear nobody and nobody hears them. */
    busy: t.boolean(),
    /** Their microphone picks up a voice now. */
    speaking: t.boolean(),
    /** Circle they stand in; 0 for none. */
    circle: t.uint16(),
    /** What they are in this world: index into ROLES. */
    role: t.uint8(),
    /** How to speak of them, and a line of their own; both may be empty. */
    pronouns: t.string(),
    about: t.string(),
    /** A moderator has muted them: they send no sound. */
    muted: t.boolean(),
  },
  'Person',
);
export type Person = SchemaType<typeof Person>;

/** People who stand together. Who they are says each person's `circle`. */
export const Circle = schema({ id: t.uint16(), locked: t.boolean() }, 'Circle');
export type Circle = SchemaType<typeof Circle>;

/** State of a world room. People and circles are keyed by their ids as strings. */
export const Roster = schema({ people: t.map(Person), circles: t.map(Circle) }, 'Roster');
export type Roster = SchemaType<typeof Roster>;

/** Bytes that one person and their circle take in the whole state at most: a long name of four bytes a letter included. */
const BYTES_A_PERSON = 704;

/**
 * Makes Colyseus encode rosters of this many people at once; its own buffer overflows at some hundreds, and starts anew
 * at every join then. Call it before any room is made.
 */
export function makeRoomFor(people: number): void {
  Encoder.BUFFER_SIZE = Math.max(Encoder.BUFFER_SIZE, 64 * 1024 + people * BYTES_A_PERSON);
}
