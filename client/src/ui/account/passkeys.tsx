import type { Account } from '@chatmux/schema';
import { useRef, useState } from 'react';
import { useActions } from '../actions-context.ts';
import { Icon } from '../parts/icon.tsx';
import { whenWords } from '../words/when-words.ts';
import { AccountButton } from './account-button.tsx';
import { AccountLine } from './account-line.tsx';
import { Sure } from './sure.tsx';

type Passkey = Account['passkeys'][number];

/** What one signs in by. */
export function Passkeys({ account, now }: { account: Account; now: number }) {
  const { account: does } = useActions();
  const [removes, setRemoves] = useState<Passkey>();
  const buttons = useRef(new Map<string, HTMLButtonElement | null>());
  const isOnly = account.passkeys.length === 1 && !account.github;
  return (
    <section className="group" aria-label="Passkeys">
      <h3>Passkeys</h3>
      {account.passkeys.length === 0 && <p className="hint">None. GitHub alone signs you in.</p>}
      {account.passkeys.length > 0 && (
        <ul className="account-list">
          {account.passkeys.map((passkey) => (
            <AccountLine key={passkey.id} name={passkey.name} state={stateOf(passkey, now)}>
              {!isOnly && (
                <AccountButton
                  ref={(button) => {
                    buttons.current.set(passkey.id, button);
                  }}
                  aria-label={`Remove the passkey of ${passkey.name}, ${stateOf(passkey, now)}`}
                  onClick={() => setRemoves(passkey)}
                >
                  Remove
                </AccountButton>
              )}
            </AccountLine>
          ))}
        </ul>
      )}
      {removes && !isOnly && account.passkeys.some(({ id }) => id === removes.id) && (
        <Sure
          key={removes.id}
          question="Remove this passkey?"
          yes="Remove it"
          no="Keep it"
          onYes={() => void does.removePasskey(removes.id)}
          onNo={() => {
            setRemoves(undefined);
            buttons.current.get(removes.id)?.focus();
          }}
        >
          <p>
            The passkey of {removes.name}, {stateOf(removes, now)}, will not sign you in any more.
          </p>
        </Sure>
      )}
      {!does.hindrance() && (
        <AccountButton does="add-passkey" doing="Adding it…" onClick={() => void does.addPasskey()}>
          <Icon name="key" size={16} />
          Add a passkey to this device
        </AccountButton>
      )}
    </section>
  );
}

function stateOf({ rpId, usedAt, createdAt }: Passkey, now: number): string {
  if (rpId !== location.hostname) return `works at ${rpId} only`;
  return usedAt === undefined ? `made ${whenWords(createdAt, now)}` : `used ${whenWords(usedAt, now)}`;
}
