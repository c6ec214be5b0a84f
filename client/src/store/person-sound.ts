import { type PersonSound, USUAL_SOUND } from './sound.ts';
import { store } from './store.ts';
import type { AppState } from './types.ts';

/** How we want to hear somebody, and whether they are to be kept quiet for standing outside of our circle. */
export function soundOf(
  { personSound, people, me, settings }: Pick<AppState, 'personSound' | 'people' | 'me' | 'settings'>,
  id: number,
): { sound: PersonSound; outside: boolean } {
  const sound = personSound[id] ?? USUAL_SOUND;
  if (settings.hearWhom === 'everyone') return { sound, outside: false };
  const ours = me === undefined ? 0 : (people[me]?.circle ?? 0);
  return { sound, outside: ours === 0 || people[id]?.circle !== ours };
}

/** Changes how we hear somebody, as long as we are in this room. */
export function setPersonSound(id: number, change: Partial<PersonSound>): void {
  store.setState(({ personSound }) => ({
    personSound: { ...personSound, [id]: { ...(personSound[id] ?? USUAL_SOUND), ...change } },
  }));
}
