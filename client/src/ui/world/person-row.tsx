import { memo, useId, useRef } from 'react';
import { isSpeaking } from '../../store/speaking.ts';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { PersonDot } from '../parts/person-dot.tsx';
import { rowWords } from '../words/row-words.ts';
import { statusWords } from '../words/status-words.ts';
import { useKeptFocus } from './kept-focus.ts';
import { useOpenMenu } from './open-menu.ts';
import type { PersonRow } from './people-groups.ts';
import { PersonMenu } from './person-menu.tsx';

function sameRow(a: { row: PersonRow }, b: { row: PersonRow }): boolean {
  const keys = Object.keys(a.row) as (keyof PersonRow)[];
  return keys.every((key) => a.row[key] === b.row[key]);
}

/** One person of the list. Rows whose person didn't change are left alone: lists are made anew several times a second. */
export const Row = memo(function Row({ row }: { row: PersonRow }) {
  const speaking = useApp((state) => isSpeaking(state, row.id));
  const { menu, setMenu } = useOpenMenu();
  const open = menu?.person === row.id;
  const menuId = useId();
  const actions = useActions();
  const words = rowWords(row, speaking);
  const faint = !row.here || row.blocked || (!row.alsoMe && row.metres !== undefined && !row.heard);
  const place = useRef<HTMLLIElement>(null);
  const more = useRef<HTMLButtonElement>(null);
  useKeptFocus(row.id, place);
  const close = () => {
    more.current?.focus({ preventScroll: true });
    setMenu(undefined);
  };
  return (
    <li data-person={row.id} ref={place}>
      <div className="person" data-faint={faint}>
        <PersonDot name={row.name} colour={row.colour} speaking={speaking} />
        <div className="person-words">
          <span className="person-name">
            {row.name}
            {row.pronouns !== '' && <span className="person-pronouns"> {row.pronouns}</span>}
          </span>
          {words && <span className="person-state">{words}</span>}
        </div>
        {row.here && <Marks row={row} />}
        {row.blocked ? (
          <button
            type="button"
            className="button person-unblock"
            aria-label={`Unblock ${row.name}`}
            onClick={() => actions.setBlocked(row.id, false)}
          >
            Unblock
          </button>
        ) : (
          !(row.me || row.alsoMe) && (
            <span className="person-buttons">
              {row.here && (
                <button
                  type="button"
                  className="icon-button"
                  aria-label={`Walk to ${row.name}`}
                  title={`Walk to ${row.name}`}
                  onClick={() => actions.walkToPerson(row.id)}
                >
                  <Icon name="walk" />
                </button>
              )}
              <button
                ref={more}
                type="button"
                className="icon-button"
                aria-label={`More about ${row.name}`}
                title={`More about ${row.name}`}
                aria-expanded={open}
                aria-controls={open ? menuId : undefined}
                onClick={() => setMenu(open ? undefined : { person: row.id, asks: undefined })}
              >
                <Icon name="more" />
              </button>
            </span>
          )
        )}
      </div>
      {open && !row.blocked && <PersonMenu id={menuId} person={row} onClose={close} />}
    </li>
  );
}, sameRow);

function Marks({ row }: { row: PersonRow }) {
  const status = statusWords(row);
  return (
    <span className="person-marks">
      {row.cam && <Mark icon="cam" text="camera on" />}
      {row.screen && <Mark icon="screen" text="shares a screen" />}
      {status && <Mark icon={status.icon} text={row.busy ? 'do not disturb' : 'hears nobody'} />}
      {!row.mic && !row.me && !row.alsoMe && !row.busy && <Mark icon="mic-off" text="microphone off" />}
    </span>
  );
}

function Mark({ icon, text }: { icon: IconName; text: string }) {
  return (
    <span title={text}>
      <Icon name={icon} size={16} />
      <span className="only-heard">{text}</span>
    </span>
  );
}
