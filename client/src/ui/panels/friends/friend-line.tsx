import type { Friend, Somebody } from '@chatmux/schema';
import type { ReactNode } from 'react';
import { PersonDot } from '../../parts/person-dot.tsx';

/** Somebody, what there is to say of them, and what can be done. `below` opens under the line. */
export function FriendLine(props: {
  readonly somebody: Somebody & Partial<Pick<Friend, 'pronouns' | 'about'>>;
  readonly state: string;
  readonly faint?: boolean;
  readonly children: ReactNode;
  readonly below?: ReactNode;
}) {
  const { somebody, state, faint = false, children, below } = props;
  const { pronouns, about } = somebody;
  return (
    <li>
      <div className="person" data-faint={faint}>
        <PersonDot name={somebody.name} colour={somebody.colour} speaking={false} />
        <div className="person-words">
          <span className="person-name">
            {somebody.name}
            {pronouns !== undefined && <span className="person-pronouns"> {pronouns}</span>}
          </span>
          <span className="person-state">{state}</span>
          {about !== undefined && <span className="person-about">{about}</span>}
        </div>
        <span className="friend-buttons">{children}</span>
      </div>
      {below}
    </li>
  );
}
