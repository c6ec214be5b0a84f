import { sayNames } from './people-names.ts';

/** Whom we stand with. @param names of the others, at least one */
export function circleSentence(names: readonly string[]): string {
  return names.length === 0 ? 'In a circle' : `In a circle with ${sayNames(names, 2)}`;
}

/** A circle as others call it: after the first of its people. */
export function circleName(names: readonly string[]): string {
  const [first] = names;
  if (first === undefined) return 'the circle';
  return `${first}${/s$/i.test(first) ? '’' : '’s'} circle`;
}

/** How we stand before a locked circle. @param name what it is called */
export function knockWords(name: string, knocked: { letIn: boolean } | undefined): string {
  if (!knocked) return `You're at ${name}. It is locked.`;
  return knocked.letIn
    ? `You are let in to ${name}: walk up to them.`
    : `You knocked at ${name}. Waiting for an answer…`;
}

/** What pressing the lock does, and what a locked or open circle means. */
export function lockWords(locked: boolean): { action: string; meaning: string } {
  return locked
    ? { action: 'Unlock', meaning: 'Locked: others knock.' }
    : { action: 'Lock', meaning: 'Open: anyone may join.' };
}
