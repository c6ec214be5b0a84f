import type { Friend, Somebody } from '@chatmux/schema';
import { type ReactNode, useRef } from 'react';
import { useApp } from '../../../store/store.ts';
import { useHeldFocus } from '../../account/use-held-focus.ts';
import { useActions } from '../../actions-context.ts';
import { Note } from '../../parts/note.tsx';
import { Panel } from '../panel.tsx';
import { togglePanel } from '../panel-state.ts';
import { FindPeople } from './find-people.tsx';
import { FriendButton } from './friend-button.tsx';
import { FriendLine } from './friend-line.tsx';
import { FriendRow } from './friend-row.tsx';
import { WhatFriendsSee } from './what-friends-see.tsx';

/** One's friends, who wants to be one, and the way to more. */
export function FriendsPanel() {
  const isSomebody = useApp((state) => state.account.account !== undefined);
  return (
    <Panel title="Friends" takesFocus>
      {isSomebody ? <OwnFriends /> : <ForGuests />}
    </Panel>
  );
}

function ForGuests() {
  return (
    <section className="group" aria-label="Sign in first">
      <p>
        With an identity you keep friends: you see when they are here, go to them with one click, and find
        each other again on any device.
      </p>
      <button type="button" className="button" data-kind="primary" onClick={() => togglePanel('settings')}>
        To sign in: Settings, You
      </button>
    </section>
  );
}

function OwnFriends() {
  const { friends: does } = useActions();
  const { state, why, friends, incoming, outgoing, blocked, said, problem } = useApp((app) => app.social);
  const top = useRef<HTMLDivElement>(null);
  useHeldFocus(top);
  const sorted = [...friends].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  const isFirst = state === 'waiting' && friends.length + incoming.length + outgoing.length === 0;
  return (
    <div className="friends" ref={top} tabIndex={-1}>
      <div role="alert">{problem !== undefined && <Note tone="danger">{problem}</Note>}</div>
      <div role="status">
        {said !== undefined && <Note tone="good">{said}</Note>}
        {state === 'waiting' && <p className="hint">{why ?? 'Asking who is there…'}</p>}
      </div>
      <List
        title="Who asks"
        all={incoming}
        row={(one) => (
          <FriendLine key={one.id} somebody={one} state="would like to be your friend">
            <FriendButton
              data-kind="primary"
              label={`Accept ${one.name}`}
              onClick={() => void does.accept(one)}
            >
              Accept
            </FriendButton>
            <FriendButton label={`Decline ${one.name}`} onClick={() => void does.decline(one)}>
              Decline
            </FriendButton>
          </FriendLine>
        )}
      />
      <List title="Your friends" all={sorted} row={(one) => <FriendRow key={one.id} friend={one} />} />
      {friends.length === 0 && !isFirst && (
        <p className="hint">
          No friends yet. Ask somebody here by the menu beside their name, or find people by their name.
        </p>
      )}
      <WhatFriendsSee />
      <FindPeople />
      <List
        title="Asked"
        all={outgoing}
        row={(one) => (
          <FriendLine key={one.id} somebody={one} state="has not answered">
            <FriendButton
              label={`Take back the request to ${one.name}`}
              onClick={() => void does.cancel(one)}
            >
              Take back
            </FriendButton>
          </FriendLine>
        )}
      />
      <List
        title="Blocked"
        all={blocked}
        row={(one) => (
          <FriendLine key={one.id} somebody={one} state="no voice, no video, nothing of each other here">
            <FriendButton label={`Unblock ${one.name}`} onClick={() => void does.unblock(one)}>
              Unblock
            </FriendButton>
          </FriendLine>
        )}
      />
    </div>
  );
}

/** Those in a world first, then those with a page open. */
const rank = ({ state, place }: Friend) => (place ? 0 : state === 'offline' ? 2 : 1);

function List<One extends Somebody>(props: { title: string; all: readonly One[]; row(one: One): ReactNode }) {
  const { title, all, row } = props;
  if (all.length === 0) return null;
  return (
    <section className="people-group" aria-label={title}>
      <h3>
        {title} ({all.length})
      </h3>
      <ul>{all.map(row)}</ul>
    </section>
  );
}
