import type { ModerateMessage } from '@chatmux/schema';
import { useEffect, useRef } from 'react';
import { ownRole } from '../../store/own-role.ts';
import { useApp } from '../../store/store.ts';
import type { PersonView } from '../../store/types.ts';
import { useActions } from '../actions-context.ts';
import { BAN_TIMES } from '../words/order-words.ts';
import { useOpenMenu } from './open-menu.ts';

interface Props {
  readonly person: PersonView;
  /** They leave, and their row with them. */
  onDone(): void;
}

/** In the menu of somebody here, for who keeps order and is more than they are. */
export function KeepOrder({ person, onDone }: Props) {
  const actions = useActions();
  const mine = useApp(ownRole);
  const { setMenu } = useOpenMenu();
  if (mine < 2 || person.role >= mine) return null;
  const { id, name, muted } = person;
  const does = (what: Exclude<ModerateMessage['do'], 'ban'>) => actions.moderate({ do: what, id });
  return (
    <fieldset className="keep-order">
      <legend className="field-label">Keep order</legend>
      <div className="keep-order-row">
        <button
          type="button"
          className="button"
          aria-label={muted ? `Let speak: ${name}` : `Mute for all: ${name}`}
          onClick={() => does(muted ? 'unmute' : 'mute')}
        >
          {muted ? 'Let speak' : 'Mute for all'}
        </button>
        <button
          type="button"
          className="button"
          aria-label={`Put out: ${name}`}
          onClick={() => {
            does('put-out');
            onDone();
          }}
        >
          Put out
        </button>
        <button
          type="button"
          className="button"
          aria-label={`Ban ${name}`}
          onClick={() => setMenu({ person: id, asks: 'ban' })}
        >
          Ban
        </button>
      </div>
    </fieldset>
  );
}

/** Asks for how long; the focus is at the way back. */
export function BanTimes({ menu, person: { id, name }, onDone }: Props & { readonly menu: string }) {
  const actions = useActions();
  const { setMenu, takesFocus } = useOpenMenu();
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (takesFocus.current) back.current?.focus();
    takesFocus.current = false;
  }, [takesFocus]);
  return (
    <fieldset className="person-menu keep-order" id={menu} aria-label={`Ban ${name} for how long?`}>
      <p>
        {name} leaves and can’t come in again, by their identity or in their browser. Guests from the same
        address can’t either, for a week at most.
      </p>
      <div className="keep-order-row">
        {BAN_TIMES.map(({ hours, label }) => (
          <button
            key={label}
            type="button"
            className="button"
            data-kind="danger"
            aria-label={`Ban ${name}: ${label}`}
            onClick={() => {
              actions.moderate({ do: 'ban', id, hours });
              onDone();
            }}
          >
            {label}
          </button>
        ))}
        <button
          ref={back}
          type="button"
          className="button"
          onClick={() => setMenu({ person: id, asks: undefined })}
        >
          Cancel
        </button>
      </div>
    </fieldset>
  );
}
