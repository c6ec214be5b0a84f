import { type Order, ROLES, type Role } from '@chatmux/schema';
import { useMemo } from 'react';
import { useApp } from '../../../store/store.ts';
import type { PersonView } from '../../../store/types.ts';
import { useActions } from '../../actions-context.ts';
import { PersonDot } from '../../parts/person-dot.tsx';
import { OrderButton } from './order-button.tsx';

/** Who is what here. Owners change it. */
export function Roles({ order }: { order: Order }) {
  const { order: does } = useActions();
  const own = useApp((state) => state.account.account?.id);
  const people = useApp((state) => state.people);
  const isOwner = order.role === 'owner';
  const others = useMemo(() => withoutRole(people, order), [people, order]);
  return (
    <section className="people-group" aria-label="Roles">
      <h3>Roles ({order.people.length})</h3>
      <ul>
        {order.people.map(({ id, name, colour, role, everywhere }) => (
          <li key={id} className="order-line">
            <PersonDot name={name} colour={colour} speaking={false} />
            <span className="person-words">
              <span className="person-name">{id === own ? `${name} (you)` : name}</span>
              <span className="person-state">{everywhere ? `${role} of all worlds` : role}</span>
            </span>
            {isOwner && !everywhere && id !== own && (
              <select
                className="input order-role"
                aria-label={`Role of ${name}`}
                value={role}
                onChange={(event) => void does.appoint(id, event.target.value as Role)}
              >
                {ROLES.map((one) => (
                  <option key={one} value={one}>
                    {one === 'guest' ? 'no role' : one}
                  </option>
                ))}
              </select>
            )}
          </li>
        ))}
      </ul>
      {isOwner && others.length > 0 && (
        <>
          <h4>Here now, without a role</h4>
          <ul>
            {others.map(({ identity, name, colour }) => (
              <li key={identity} className="order-line">
                <PersonDot name={name} colour={colour} speaking={false} />
                <span className="person-name">{name}</span>
                <OrderButton
                  label={`Make ${name} a member`}
                  onClick={() => void does.appoint(identity, 'member')}
                >
                  Member
                </OrderButton>
                <OrderButton
                  label={`Make ${name} a moderator`}
                  onClick={() => void does.appoint(identity, 'moderator')}
                >
                  Moderator
                </OrderButton>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** Each identity once, by name. */
function withoutRole(people: Record<number, PersonView>, order: Order): PersonView[] {
  const known = new Set(order.people.map(({ id }) => id));
  const found = Object.values(people).filter(({ identity }) => identity !== '' && !known.has(identity));
  return [...new Map(found.map((one) => [one.identity, one])).values()].sort((a, b) =>
    a.name.localeCompare(b.name),
  );
}
