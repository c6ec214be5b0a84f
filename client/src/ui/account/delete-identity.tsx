import { useRef, useState } from 'react';
import { useActions } from '../actions-context.ts';
import { AccountButton } from './account-button.tsx';
import { Sure } from './sure.tsx';

/** What one's identity is made of, to take along, and its end. */
export function DeleteIdentity() {
  const { account } = useActions();
  const [asks, setAsks] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <section className="group" aria-label="Your data">
      <h3>Your data</h3>
      <div className="account-row">
        <a className="button" href="/api/me/export" download="chatMUX identity.json">
          Download it
        </a>
        <AccountButton ref={button} data-kind="danger" onClick={() => setAsks(true)}>
          Delete my identity
        </AccountButton>
      </div>
      {asks && (
        <Sure
          question="Delete your identity?"
          yes="Delete it for good"
          no="Keep it"
          onYes={() => void account.deleteIdentity()}
          onNo={() => {
            setAsks(false);
            button.current?.focus();
          }}
        >
          <p>
            Your name, passkeys, recovery codes and sessions are deleted for good, on every device. You go on
            here as a guest. This can’t be undone.
          </p>
        </Sure>
      )}
    </section>
  );
}
