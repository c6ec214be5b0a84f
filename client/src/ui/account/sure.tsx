import { type ReactNode, useEffect, useRef } from 'react';
import { AccountButton } from './account-button.tsx';

/** Asks before what can't be undone; the focus is at the way back. */
export function Sure({
  question,
  yes,
  no,
  onYes,
  onNo,
  children,
}: {
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  onYes(): void;
  onNo(): void;
  readonly children: ReactNode;
}) {
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  return (
    <fieldset className="account-sure" aria-label={question}>
      {children}
      <div className="account-row">
        <AccountButton data-kind="danger" onClick={onYes}>
          {yes}
        </AccountButton>
        <button ref={back} type="button" className="button" onClick={onNo}>
          {no}
        </button>
      </div>
    </fieldset>
  );
}
