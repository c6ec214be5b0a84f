import type { Somebody } from '@chatmux/schema';
import type { ReactNode } from 'react';
import { PersonDot } from '../../parts/person-dot.tsx';

/** Somebody, what there is to say of them, and what can be done. `below` opens under the line. */
export function FriendLine(props: {
  readonly somebody: Somebody;
  readonly state: string;
  readonly faint?: boolean;
  readonly children: ReactNode;
  readonly below?: ReactNode;
}) {
  const { somebody, state, faint = false, children, below } = props;
  return (
    <li>
      <div className="person" data-faint={faint}>
        <PersonDot name={somebody.name} colour={somebody.colour} speaking={false} />
        <div className="person-words">
          <span className="person-name">{somebody.name}</span>
          <span className="person-state">{state}</span>
        </div>
        <span className="friend-buttons">{children}</span>
      </div>
      {below}
    </li>
  );
}
