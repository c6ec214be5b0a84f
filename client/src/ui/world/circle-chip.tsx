import { useEffect } from 'react';
import { circleColour } from '../../store/circle-colours.ts';
import { circleMembers } from '../../store/circle-members.ts';
import { store, useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { CircleMark } from '../parts/circle-mark.tsx';
import { Icon } from '../parts/icon.tsx';
import { SHORTCUT_KEYS } from '../shortcuts.ts';
import { circleName, circleSentence, knockWords, lockWords } from '../words/circle-words.ts';
import { circleOfOurs, KNOCK_MS, knockAhead, LET_IN_MS, toggleLock } from './circle-doings.ts';

/** The circle we stand in, with its lock; or the locked one we stand before, with a way to knock. */
export function CircleChip() {
  // Joined, so that the same circle with the same people is the same value.
  const ours = useApp((state) => {
    const circle = circleOfOurs(state);
    return circle && [circle.id, circle.locked, ...circle.others.map(({ name }) => name)].join('\n');
  });
  const online = useApp((state) => state.connection.state === 'online');
  if (!online) return null;
  if (ours === undefined) return <KnockChip />;
  const [id = '', locked, ...names] = ours.split('\n');
  return <OwnChip id={Number(id)} locked={locked === 'true'} names={names} />;
}

function OwnChip({ id, locked, names }: { id: number; locked: boolean; names: string[] }) {
  const actions = useActions();
  const { action, meaning } = lockWords(locked);
  return (
    <section className="chip" aria-label="Your circle">
      <CircleMark colour={circleColour(id)} locked={locked} />
      <p className="chip-words">
        {circleSentence(names)}
        <span className="only-heard">. {meaning}</span>
      </p>
      <button
        type="button"
        className="button chip-button"
        title={`${meaning} (${SHORTCUT_KEYS.lock})`}
        aria-label={`${action} the circle`}
        aria-keyshortcuts={SHORTCUT_KEYS.lock}
        onClick={() => toggleLock(actions)}
      >
        <Icon name={locked ? 'unlock' : 'lock'} size={16} />
        {action}
      </button>
    </section>
  );
}

function KnockChip() {
  const actions = useActions();
  const id = useApp((state) => state.circleAhead);
  const knocked = useApp((state) =>
    state.knocked?.circle === state.circleAhead ? state.knocked : undefined,
  );
  const names = useApp((state) =>
    (circleMembers(state.people).get(state.circleAhead) ?? []).map(({ name }) => name).join('\n'),
  );
  useForgottenKnock();
  if (id === 0 || names === '') return null;
  const name = circleName(names.split('\n'));
  return (
    <section className="chip" aria-label="A locked circle">
      <CircleMark colour={circleColour(id)} locked />
      <p className="chip-words" role="status">
        {knockWords(name, knocked)}
      </p>
      {!knocked && (
        <button
          type="button"
          className="button chip-button"
          data-kind="primary"
          aria-label={`Knock at ${name}`}
          title={`Knock at ${name} (${SHORTCUT_KEYS.knock})`}
          aria-keyshortcuts={SHORTCUT_KEYS.knock}
          onClick={() => knockAhead(actions)}
        >
          <Icon name="knock" size={16} />
          Knock
        </button>
      )}
    </section>
  );
}

/** A knock that nobody answers ends by itself, as does the leave to come in: one may knock again. */
function useForgottenKnock(): void {
  const knocked = useApp((state) => state.knocked);
  useEffect(() => {
    if (!knocked) return;
    const end = () => store.setState({ knocked: undefined });
    const timer = setTimeout(end, knocked.letIn ? LET_IN_MS : KNOCK_MS);
    return () => clearTimeout(timer);
  }, [knocked]);
}
