import type { ChosenDevice } from '../../store/devices.ts';

interface Listed {
  deviceId: string;
  label: string;
}

/** The chosen device as it is listed now: by its id, else by its name; undefined while it is not there. */
export function findChosen(chosen: ChosenDevice, listed: readonly Listed[]): Listed | undefined {
  if (chosen.id === '') return undefined;
  const same = listed.find(({ deviceId }) => deviceId === chosen.id);
  if (same) return same;
  const named = listed.filter(({ deviceId, label }) => deviceId !== '' && label === chosen.name);
  // Two of one kind can't be told apart by name: then it is for the person to choose again.
  return chosen.name !== '' && named.length === 1 ? named[0] : undefined;
}

/** True while the browser tells names: only then can a list say that something is missing. */
export const tellsNames = (listed: readonly Listed[]): boolean =>
  listed.some(({ deviceId, label }) => deviceId !== '' && label !== '');
