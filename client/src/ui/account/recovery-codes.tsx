import { useRef, useState } from 'react';
import { useActions } from '../actions-context.ts';
import { AccountButton } from './account-button.tsx';
import { Sure } from './sure.tsx';

/** How many recovery codes are left, and the way to new ones. */
export function RecoveryCodes({ left }: { left: number }) {
  const { account } = useActions();
  const [asks, setAsks] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const make = () => void account.makeCodes();
  return (
    <section className="group" aria-label="Recovery codes">
      <h3>Recovery codes</h3>
      <div className="account-row">
        <p className="account-grow">{left === 0 ? 'You have none left.' : `${left} have not been used.`}</p>
        <AccountButton
          ref={button}
          does="codes"
          doing="Making them…"
          onClick={left === 0 ? make : () => setAsks(true)}
        >
          Make new ones
        </AccountButton>
      </div>
      {asks && (
        <Sure
          question="Make new recovery codes?"
          yes="Make new codes"
          no="Keep those I have"
          onYes={make}
          onNo={() => {
            setAsks(false);
            button.current?.focus();
          }}
        >
          <p>The codes you have, wherever you keep them, will not sign you in any more.</p>
        </Sure>
      )}
    </section>
  );
}
