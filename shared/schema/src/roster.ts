import { type SchemaType, schema, t } from '@colyseus/schema';

/** Slow state of one person, sent to everyone in the room. Where they stand travels in pose frames. */
export const Person = schema(
  {
    /** PersonId, as in pose frames. */
    id: t.uint16(),
    name: t.string(),
    colour: t.uint8(),
    mic: t.boolean(),
    cam: t.boolean(),
    /** False while the connection is lost and the seat is kept. */
    here: t.boolean(),
  },
  'Person',
);
export type Person = SchemaType<typeof Person>;

/** State of a world room. The roster is keyed by the person's id as a string. */
export const Roster = schema({ people: t.map(Person) }, 'Roster');
export type Roster = SchemaType<typeof Roster>;
