import type { Shows } from '@chatmux/schema';
import { useApp } from '../../../store/store.ts';
import { useActions } from '../../actions-context.ts';
import { Choices } from '../../parts/choices.tsx';
import { Note } from '../../parts/note.tsx';

const OPTIONS: readonly { value: Shows; label: string }[] = [
  { value: 'place', label: 'Where I am' },
  { value: 'presence', label: 'That I am here' },
  { value: 'nothing', label: 'Nothing' },
];
const HINTS: Readonly<Record<Shows, string>> = {
  place: 'They see in which world you are, and can follow you there.',
  presence: 'They see whether you are here, away or not to be disturbed.',
  nothing: 'To them you are not here. Who meets you in a world sees you all the same.',
};

/** How much friends see of where one is. */
export function WhatFriendsSee() {
  const { account } = useActions();
  const shows = useApp((state) => state.account.account?.shows);
  const problem = useApp((state) => state.account.problem);
  if (!shows) return null;
  return (
    <div>
      <Choices
        label="Friends see"
        options={OPTIONS}
        value={shows}
        hint={HINTS[shows]}
        change={(next) => void account.setShows(next)}
      />
      <div role="alert">{problem !== undefined && <Note tone="danger">{problem}</Note>}</div>
    </div>
  );
}
