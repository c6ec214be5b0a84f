import type { Order, Role } from '@chatmux/schema';
import { useRef, useState } from 'react';
import { inviteAddress } from '../../../order/invite.ts';
import { toast, useApp } from '../../../store/store.ts';
import { useActions } from '../../actions-context.ts';
import { Choices } from '../../parts/choices.tsx';
import { Icon } from '../../parts/icon.tsx';
import { untilWords } from '../../words/order-words.ts';
import { OrderButton } from './order-button.tsx';

const USES = [
  { value: 1, label: '1 person' },
  { value: 10, label: '10 people' },
  { value: 100, label: '100 people' },
];
const TIMES = [
  { value: 24, label: '1 day' },
  { value: 24 * 7, label: '7 days' },
  { value: 24 * 30, label: '30 days' },
];

/** Links that give a role: those that hold, and a new one. */
export function Invites({ order }: { order: Order }) {
  const { order: does } = useActions();
  const secret = useApp((state) => state.order.secret);
  const isOwner = order.role === 'owner';
  const [role, setRole] = useState<Exclude<Role, 'guest'>>('member');
  const [uses, setUses] = useState(1);
  const [hours, setHours] = useState(24 * 7);
  return (
    <section className="people-group" aria-label="Invite links">
      <h3>Invite links ({order.invites.length})</h3>
      <ul>
        {order.invites.map((one) => (
          <li key={one.id} className="order-line">
            <span className="person-words">
              <span className="person-name">{one.role}</span>
              <span className="person-state">
                {`used ${one.used} of ${one.uses}, ${untilWords(one.until)}${one.by === undefined ? '' : `, by ${one.by}`}`}
              </span>
            </span>
            {(isOwner || one.role === 'member') && (
              <OrderButton
                label={`Take back the invite: ${one.role}`}
                onClick={() => void does.revoke(one.id)}
              >
                Take back
              </OrderButton>
            )}
          </li>
        ))}
      </ul>
      {secret !== undefined && <Link secret={secret} />}
      <details className="fold">
        <summary>
          New invite link
          <Icon name="chevron" size={16} />
        </summary>
        <div className="fold-body">
          {isOwner && (
            <Choices
              label="Who opens it becomes"
              options={[
                { value: 'member', label: 'a member' },
                { value: 'moderator', label: 'a moderator' },
              ]}
              value={role}
              change={(next) => setRole(next as typeof role)}
            />
          )}
          <Choices label="For" options={USES} value={uses} change={setUses} />
          <Choices label="Holds for" options={TIMES} value={hours} change={setHours} />
          <OrderButton data-kind="primary" onClick={() => void does.invite(role, uses, hours)}>
            Make the link
          </OrderButton>
        </div>
      </details>
    </section>
  );
}

/** The newest link. It is known this once: the server keeps no more of it than is needed to recognise it. */
function Link({ secret }: { secret: string }) {
  const field = useRef<HTMLInputElement>(null);
  const address = inviteAddress(`${location.origin}${location.pathname}`, secret);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      toast('The invite link is copied.', 'good');
    } catch {
      field.current?.select();
      toast('Your browser lets you copy it yourself: it is selected.');
    }
  };
  return (
    <div className="share" role="status">
      <p>Pass it on now: it is shown this once.</p>
      <div className="share-row">
        <input ref={field} className="input" readOnly value={address} aria-label="New invite link" />
        <button type="button" className="button" onClick={copy}>
          <Icon name="copy" size={16} />
          Copy
        </button>
      </div>
    </div>
  );
}
