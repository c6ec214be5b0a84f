import { bondWith } from '../../friends/friends.ts';
import { useApp } from '../../store/store.ts';
import type { PersonView } from '../../store/types.ts';
import { useActions } from '../actions-context.ts';
import { Icon } from '../parts/icon.tsx';

/** In the menu of somebody here: to be friends. Nothing where one of the two is a guest. */
export function Befriend({ person }: { person: PersonView }) {
  const { friends: does } = useActions();
  const social = useApp((state) => state.social);
  const isSomebody = useApp((state) => state.account.account !== undefined);
  if (!isSomebody || person.identity === '') return null;
  const somebody = { id: person.identity, name: person.name, colour: person.colour };
  const bond = bondWith(social, person.identity);
  const ways = {
    none: { words: `Ask ${person.name} to be friends`, does: () => does.request(somebody) },
    asks: { words: `Be friends: ${person.name} asks you`, does: () => does.accept(somebody) },
    asked: { words: 'Take your request back', does: () => does.cancel(somebody) },
    friend: undefined,
    blocked: undefined,
  };
  const way = ways[bond];
  return (
    <>
      {bond === 'friend' && <p className="hint">You are friends.</p>}
      {way && (
        <button type="button" className="button" aria-disabled={social.busy} onClick={() => void way.does()}>
          <Icon name="people" size={16} />
          {way.words}
        </button>
      )}
      <div className="befriend-said" role="status">
        {social.problem !== undefined && social.about === person.identity && (
          <p className="hint">{social.problem}</p>
        )}
      </div>
    </>
  );
}
