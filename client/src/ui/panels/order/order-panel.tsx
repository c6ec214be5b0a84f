import { useRef } from 'react';
import { useApp } from '../../../store/store.ts';
import { useHeldFocus } from '../../account/use-held-focus.ts';
import { useActions } from '../../actions-context.ts';
import { Note } from '../../parts/note.tsx';
import { Switch } from '../../parts/switch.tsx';
import { deedWords, sanctionWords } from '../../words/order-words.ts';
import { whenWords } from '../../words/when-words.ts';
import { Panel } from '../panel.tsx';
import { Invites } from './invites.tsx';
import { OrderButton } from './order-button.tsx';
import { Roles } from './roles.tsx';

/** How this world is kept in order, for its moderators and owners. */
export function OrderPanel() {
  const { order: does } = useActions();
  const { order, problem } = useApp((state) => state.order);
  const top = useRef<HTMLDivElement>(null);
  useHeldFocus(top);
  return (
    <Panel title="Keep order here" takesFocus>
      <div className="order" ref={top} tabIndex={-1}>
        <div role="alert">{problem !== undefined && <Note tone="danger">{problem}</Note>}</div>
        {!order && problem === undefined && (
          <p className="hint" role="status">
            Asking how things stand…
          </p>
        )}
        {order && (
          <>
            <Switch
              label="Members only"
              hint="Whoever is here stays. Guests, and people without a role here, can’t come in."
              on={order.locked}
              change={(locked) => void does.lock(locked)}
            />
            <Roles order={order} />
            <Invites order={order} />
            <section className="people-group" aria-label="Bans and mutes">
              <h3>Bans and mutes ({order.sanctions.length})</h3>
              {order.sanctions.length === 0 && <p className="hint">Nobody is banned or muted.</p>}
              <ul>
                {order.sanctions.map((one) => (
                  <li key={one.id} className="order-line">
                    <span className="person-words">
                      <span className="person-name">{one.name}</span>
                      <span className="person-state">{sanctionWords(one)}</span>
                    </span>
                    <OrderButton
                      label={`Lift the ${one.what} of ${one.name}`}
                      onClick={() => void does.lift(one.id)}
                    >
                      Lift
                    </OrderButton>
                  </li>
                ))}
              </ul>
            </section>
            <details className="fold">
              <summary>What was done</summary>
              <ol className="order-log">
                {order.log.map((entry) => (
                  <li key={entry.id}>
                    {deedWords(entry)}{' '}
                    <time className="hint" dateTime={new Date(entry.at).toISOString()}>
                      {whenWords(entry.at, Date.now())}
                    </time>
                  </li>
                ))}
              </ol>
            </details>
          </>
        )}
      </div>
    </Panel>
  );
}
