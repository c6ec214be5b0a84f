import { useEffect, useId } from 'react';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { PersonDot } from '../parts/person-dot.tsx';
import { SHORTCUT_KEYS } from '../shortcuts.ts';
import { answerKnock, forgetKnock, KNOCK_MS } from './circle-doings.ts';

/** More than these are told as a number. */
const SHOWN = 3;

/** Who knocks at our locked circle. It takes no focus and holds nobody; keys answer whoever has waited longest. */
export function Knocks() {
  const knocks = useApp((state) => state.knocks);
  const rest = knocks.length - SHOWN;
  return (
    <div className="knocks">
      {knocks.slice(0, SHOWN).map(({ from }, place) => (
        <Knock key={from} id={from} first={place === 0} />
      ))}
      {rest > 0 && <p className="knocks-rest">and {rest} more at the door</p>}
    </div>
  );
}

function Knock({ id, first }: { id: number; first: boolean }) {
  const actions = useActions();
  const titleId = useId();
  const name = useApp((state) => state.people[id]?.name ?? 'Somebody');
  const colour = useApp((state) => state.people[id]?.colour ?? 0);
  useEffect(() => {
    const timer = setTimeout(() => forgetKnock(id), KNOCK_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return (
    <section className="knock" role="dialog" aria-modal="false" aria-labelledby={titleId}>
      <PersonDot name={name} colour={colour} speaking={false} />
      <p id={titleId} role="status">
        <strong>{name}</strong> knocks.
      </p>
      <div className="knock-answers">
        <button
          type="button"
          className="button"
          data-kind="primary"
          aria-label={`Let in ${name}`}
          aria-keyshortcuts={first ? SHORTCUT_KEYS['let-in'] : undefined}
          title={first ? `Let in ${name} (${SHORTCUT_KEYS['let-in']})` : undefined}
          onClick={() => answerKnock(actions, true, id)}
        >
          Let in
        </button>
        <button
          type="button"
          className="button"
          aria-label={`Not now, ${name}`}
          aria-keyshortcuts={first ? SHORTCUT_KEYS['turn-away'] : undefined}
          title={first ? `Not now (${SHORTCUT_KEYS['turn-away']})` : undefined}
          onClick={() => answerKnock(actions, false, id)}
        >
          Not now
        </button>
      </div>
    </section>
  );
}
