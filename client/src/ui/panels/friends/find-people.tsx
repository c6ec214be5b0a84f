import type { Somebody } from '@chatmux/schema';
import { type FormEvent, useId, useState } from 'react';
import { bondWith } from '../../../friends/friends.ts';
import { useApp } from '../../../store/store.ts';
import { useActions } from '../../actions-context.ts';
import { FriendButton } from './friend-button.tsx';
import { FriendLine } from './friend-line.tsx';

const BOND_WORDS = {
  friend: 'your friend',
  asks: 'would like to be your friend',
  asked: 'asked',
  blocked: 'blocked',
  none: '',
};

/** Finds people by name, to ask them. */
export function FindPeople() {
  const { friends: does } = useActions();
  const social = useApp((state) => state.social);
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<{ by: string; people: Somebody[] }>();
  const id = useId();
  const find = async (event: FormEvent) => {
    event.preventDefault();
    const by = typed.trim();
    if (by === '') return;
    const people = await does.search(by);
    if (people) setFound({ by, people });
  };
  return (
    <section className="people-group" aria-label="Find people">
      <h3>Find people</h3>
      <form className="share-row" onSubmit={(event) => void find(event)}>
        <label className="only-heard" htmlFor={id}>
          Their name, or a part of it
        </label>
        <input
          id={id}
          className="input"
          type="search"
          value={typed}
          maxLength={60}
          placeholder="Their name, or a part of it"
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className="button" aria-disabled={social.busy}>
          Find
        </button>
      </form>
      <div role="status">
        {found && (
          <p className="hint">
            {found.people.length === 0
              ? `Nobody you could ask is called “${found.by}”. Guests can’t be found.`
              : `${found.people.length} found.`}
          </p>
        )}
      </div>
      <ul>
        {found?.people.map((one) => {
          const bond = bondWith(social, one.id);
          return (
            <FriendLine key={one.id} somebody={one} state={BOND_WORDS[bond]}>
              {bond === 'none' && (
                <FriendButton label={`Ask ${one.name} to be friends`} onClick={() => void does.request(one)}>
                  Ask
                </FriendButton>
              )}
              {bond === 'asks' && (
                <FriendButton label={`Accept ${one.name}`} onClick={() => void does.accept(one)}>
                  Accept
                </FriendButton>
              )}
            </FriendLine>
          );
        })}
      </ul>
    </section>
  );
}
