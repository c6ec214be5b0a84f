import { useEffect, useRef } from 'react';
import type { PersonView } from '../../store/types.ts';
import { useActions } from '../actions-context.ts';
import { Icon } from '../parts/icon.tsx';
import { useOpenMenu } from './open-menu.ts';
import { PersonSoundControls } from './person-sound.tsx';

interface Props {
  id: string;
  person: PersonView;
}

/**
 * What else can be done about somebody, below their row: plain buttons, so that Tab reaches them in order. It takes the
 * focus whenever it appears, so also when its row has gone to another group.
 */
export function PersonMenu({ id, person }: Props) {
  const { menu, setMenu } = useOpenMenu();
  const asks = menu?.asks ?? false;
  const close = () => setMenu(undefined);
  const actions = useActions();
  const first = useRef<HTMLButtonElement>(null);
  const volume = useRef<HTMLInputElement>(null);
  useEffect(() => (asks ? first.current : volume.current)?.focus(), [asks]);
  const block = () => {
    // The row goes to another group: the focus waits at the panel instead of getting lost.
    first.current?.closest<HTMLElement>('.panel')?.focus({ preventScroll: true });
    actions.setBlocked(person.id, true);
    close();
  };
  if (!asks)
    return (
      <div className="person-menu" id={id}>
        <PersonSoundControls person={person} slider={volume} />
        <button type="button" className="button" onClick={() => setMenu({ person: person.id, asks: true })}>
          <Icon name="block" size={16} />
          Block {person.name}
        </button>
      </div>
    );
  return (
    <fieldset className="person-menu" id={id} aria-label={`Block ${person.name}?`}>
      <p>
        You and {person.name} will not hear or see each other&#8217;s voice and video. You can take it back
        here at any time.
      </p>
      <div className="person-menu-row">
        <button ref={first} type="button" className="button" data-kind="danger" onClick={block}>
          Block
        </button>
        <button type="button" className="button" onClick={close}>
          Cancel
        </button>
      </div>
    </fieldset>
  );
}
