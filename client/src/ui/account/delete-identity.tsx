import { useEffect, useRef, useState } from 'react';
import { useActions } from '../actions-context.ts';

/** What one's identity is made of, to take along, and its end. */
export function DeleteIdentity() {
  const { account } = useActions();
  const [asks, setAsks] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asks) keep.current?.focus();
  }, [asks]);
  return (
    <section className="group" aria-label="Your data">
      <h3>Your data</h3>
      <div className="account-row">
        <a className="button" href="/api/me/export" download="chatMUX identity.json">
          Download it
        </a>
        {!asks && (
          <button type="button" className="button" data-kind="danger" onClick={() => setAsks(true)}>
            Delete my identity
          </button>
        )}
      </div>
      {asks && (
        <fieldset className="account-sure" aria-label="Delete your identity?">
          <p>
            Your name, passkeys, recovery codes and sessions are deleted for good, on every device. You go on
            here as a guest. This can’t be undone.
          </p>
          <div className="account-row">
            <button
              type="button"
              className="button"
              data-kind="danger"
              onClick={() => void account.deleteIdentity()}
            >
              Delete it for good
            </button>
            <button ref={keep} type="button" className="button" onClick={() => setAsks(false)}>
              Keep it
            </button>
          </div>
        </fieldset>
      )}
    </section>
  );
}
