import { useEffect, useRef } from 'react';
import { useApp } from '../../store/store.ts';
import type { PersonView } from '../../store/types.ts';
import { useActions } from '../actions-context.ts';
import { Icon } from '../parts/icon.tsx';
import { Befriend } from './befriend.tsx';
import { BanTimes, KeepOrder } from './keep-order.tsx';
import { useOpenMenu } from './open-menu.ts';
import { PersonSoundControls } from './person-sound.tsx';

interface Props {
  id: string;
  person: PersonView;
  onClose(): void;
}

/** What else can be done about somebody, below their row: plain buttons, so that Tab reaches them in order. */
export function PersonMenu({ id, person, onClose }: Props) {
  const { menu, setMenu, takesFocus } = useOpenMenu();
  const asks = menu?.asks;
  const actions = useActions();
  // Between identities a block is more than one of this place.
  const lasts = useApp((state) => state.account.account !== undefined) && person.identity !== '';
  const first = useRef<HTMLButtonElement>(null);
  const volume = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus.current) (asks === 'block' ? first.current : volume.current)?.focus();
    takesFocus.current = false;
  }, [asks, takesFocus]);
  const block = () => {
    actions.setBlocked(person.id, true);
    onClose();
  };
  if (asks === 'ban') return <BanTimes menu={id} person={person} onDone={onClose} />;
  if (asks === undefined)
    return (
      <div className="person-menu" id={id}>
        {person.about !== '' && <p className="person-about">{person.about}</p>}
        <PersonSoundControls person={person} slider={volume} />
        <Befriend person={person} />
        <KeepOrder person={person} onDone={onClose} />
        <button
          type="button"
          className="button"
          onClick={() => setMenu({ person: person.id, asks: 'block' })}
        >
          <Icon name="block" size={16} />
          Block {person.name}
        </button>
      </div>
    );
  return (
    <fieldset className="person-menu" id={id} aria-label={`Block ${person.name}?`}>
      <p>
        You and {person.name} will not hear or see each other&#8217;s voice and video
        {lasts ? ', nor find each other, on any device; friends are no friends any more' : ''}. You can take
        it back here at any time.
      </p>
      <div className="person-menu-row">
        <button ref={first} type="button" className="button" data-kind="danger" onClick={block}>
          Block
        </button>
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </fieldset>
  );
}
