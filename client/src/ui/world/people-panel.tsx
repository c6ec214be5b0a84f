import { useMemo, useState } from 'react';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { Panel } from '../panels/panel.tsx';
import { panelWasAsked } from '../panels/panel-state.ts';
import { Icon } from '../parts/icon.tsx';
import { PersonDot } from '../parts/person-dot.tsx';
import { groupPeople, type PersonRow, rowWords } from './people-groups.ts';
import { ShareAddress } from './share-address.tsx';

/** Who is here: oneself, the near first by distance, the others by name, then those whose seat is kept. */
export function PeoplePanel() {
  const [takesFocus] = useState(panelWasAsked);
  const people = useApp((state) => state.people);
  const near = useApp((state) => state.near);
  const groups = useMemo(() => groupPeople(people, near), [people, near]);
  const alone = groups.near.length + groups.elsewhere.length + groups.dropped.length === 0;
  return (
    <Panel title={`Here (${groups.count})`} takesFocus={takesFocus}>
      <Group title="You" rows={groups.me ? [groups.me] : []} />
      <Group title="Near you" rows={groups.near} />
      <Group title="Elsewhere" rows={groups.elsewhere} />
      <Group title="Away" rows={groups.dropped} />
      {alone && <ShareAddress />}
    </Panel>
  );
}

function Group({ title, rows }: { title: string; rows: PersonRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section className="people-group" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Row({ row }: { row: PersonRow }) {
  const speaking = useApp((state) => state.speaking[row.id] === true);
  const actions = useActions();
  const words = rowWords(row, speaking);
  return (
    <li className="person" data-faint={!row.here || (row.metres !== undefined && !row.heard)}>
      <PersonDot name={row.name} colour={row.colour} speaking={speaking} />
      <div className="person-words">
        <span className="person-name">{row.name}</span>
        {words && <span className="person-state">{words}</span>}
      </div>
      {row.here && (
        <span className="person-marks">
          {row.cam && (
            <span title="Camera on">
              <Icon name="cam" size={16} />
              <span className="only-heard">camera on</span>
            </span>
          )}
          {!row.mic && !row.me && (
            <span title="Microphone off">
              <Icon name="mic-off" size={16} />
              <span className="only-heard">microphone off</span>
            </span>
          )}
        </span>
      )}
      {row.here && !row.me && (
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
    </li>
  );
}
