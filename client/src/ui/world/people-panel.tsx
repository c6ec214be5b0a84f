import { useMemo, useState } from 'react';
import { circleColour } from '../../store/circle-colours.ts';
import { keepsOrder } from '../../store/own-role.ts';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { Panel } from '../panels/panel.tsx';
import { panelWasAsked, togglePanel } from '../panels/panel-state.ts';
import { CircleMark } from '../parts/circle-mark.tsx';
import { Icon } from '../parts/icon.tsx';
import { PHONE, useMedia } from '../use-media.ts';
import { lockWords } from '../words/circle-words.ts';
import { sayNames } from '../words/people-names.ts';
import { toggleLock } from './circle-doings.ts';
import { LeftFocusContext, useLeftFocus } from './kept-focus.ts';
import { OpenMenuContext, useMenuState } from './open-menu.ts';
import { type CircleGroup, countPeople, findPeople, groupPeople, type PersonRow } from './people-groups.ts';
import { Row } from './person-row.tsx';
import { ShareAddress } from './share-address.tsx';

/** From so many people on a search is offered. */
const MANY = 12;
/** Rows of those elsewhere, at most: a thousand names are found by searching, not by scrolling. */
const ELSEWHERE = 60;

/** Who is here: our circle, the near by distance, other circles, the others by name, then those away or blocked. */
export function PeoplePanel() {
  const [takesFocus] = useState(panelWasAsked);
  const [typed, setTyped] = useState('');
  const people = useApp((state) => state.people);
  const circles = useApp((state) => state.circles);
  const near = useApp((state) => state.near);
  const blocked = useApp((state) => state.blocked);
  const groups = useMemo(
    () => groupPeople({ people: findPeople(people, typed), circles, near, blocked }),
    [people, circles, near, blocked, typed],
  );
  const all = Object.values(people);
  const count = countPeople(all);
  const { me, alsoMe, mine, elsewhere } = groups;
  const phone = useMedia(PHONE);
  const nobody = typed.trim() !== '' && !me && groups.count + groups.dropped.length === 0;
  const rest = elsewhere.length - ELSEWHERE;
  const leftFocus = useLeftFocus();
  const menuState = useMenuState((person) => people[person] !== undefined);
  return (
    <Panel title={`Here (${count})`} takesFocus={takesFocus}>
      <LeftFocusContext value={leftFocus}>
        <OpenMenuContext value={menuState}>
          {phone && <ToFriends />}
          <ToOrder />
          {all.length > MANY && (
            <input
              className="input"
              type="search"
              value={typed}
              placeholder="Find somebody"
              aria-label="Find somebody by name"
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
          <Group title="You" rows={me ? [me, ...alsoMe] : alsoMe} />
          {mine && <OwnCircle circle={mine} />}
          <Group title="Near you" rows={groups.near} />
          {groups.circles.map((circle) => (
            <OtherCircle key={circle.id} circle={circle} />
          ))}
          <Group title="Elsewhere" rows={elsewhere.slice(0, ELSEWHERE)} />
          {rest > 0 && <p className="hint">and {rest} more: find them by name.</p>}
          <Group title="Away" rows={groups.dropped} />
          <Group title="Blocked" rows={groups.blocked} />
          {nobody && <p className="hint">Nobody here is called that.</p>}
          {typed.trim() === '' && <ShareAddress />}
        </OpenMenuContext>
      </LeftFocusContext>
    </Panel>
  );
}

/** For who keeps order here. */
function ToOrder() {
  const keeps = useApp(keepsOrder);
  if (!keeps) return null;
  return (
    <button type="button" className="button" onClick={() => togglePanel('order')}>
      <Icon name="key" size={16} />
      Keep order here
    </button>
  );
}

/** On a phone, whose bar is full. */
function ToFriends() {
  const asking = useApp((state) => state.social.incoming.length);
  return (
    <button type="button" className="button" onClick={() => togglePanel('friends')}>
      <Icon name="friends" size={16} />
      {asking > 0 ? `Friends (${asking} would like to be)` : 'Friends'}
    </button>
  );
}

function OwnCircle({ circle }: { circle: CircleGroup }) {
  const actions = useActions();
  const { id, locked, rows } = circle;
  const { action, meaning } = lockWords(locked);
  return (
    <section className="people-group" data-circle={id} data-locked={locked} aria-label="Together with you">
      <div className="circle-head">
        <CircleMark colour={circleColour(id)} locked={locked} />
        <div className="circle-title">
          <h3>Together with you</h3>
          <p className="hint">{meaning}</p>
        </div>
        <button
          type="button"
          className="button circle-button"
          aria-label={`${action} your circle`}
          onClick={() => toggleLock(actions)}
        >
          <Icon name={locked ? 'unlock' : 'lock'} size={16} />
          {action}
        </button>
      </div>
      <Rows rows={rows} />
    </section>
  );
}

function OtherCircle({ circle: { id, locked, rows } }: { circle: CircleGroup }) {
  const title = locked ? 'Others talking, locked' : 'Others talking';
  return (
    <section
      className="people-group"
      data-circle={id}
      data-locked={locked}
      aria-label={`${title}: ${sayNames(rows.map((row) => row.name))}`}
    >
      <div className="circle-head">
        <CircleMark colour={circleColour(id)} locked={locked} />
        <h3 className="circle-title">{title}</h3>
        {locked && <Icon name="lock" size={16} />}
      </div>
      <Rows rows={rows} />
    </section>
  );
}

function Group({ title, rows }: { title: string; rows: PersonRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section className="people-group" aria-label={title}>
      <h3>{title}</h3>
      <Rows rows={rows} />
    </section>
  );
}

function Rows({ rows }: { rows: PersonRow[] }) {
  return (
    <ul>
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </ul>
  );
}
