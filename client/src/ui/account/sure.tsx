import { type ReactNode, useEffect, useRef } from 'react';
import { AccountButton } from './account-button.tsx';

/** A button that says yes to a question, and rests while something else is done. */
type YesButton = (props: { 'data-kind': 'danger'; onClick(): void; children: ReactNode }) => ReactNode;

/** Asks before what can't be undone; the focus is at the way back. */
export function Sure({
  question,
  yes,
  no,
  onYes,
  onNo,
  button: Yes = AccountButton,
  children,
}: {
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  onYes(): void;
  onNo(): void;
  /** @default one that rests while something is done with one's identity */
  readonly button?: YesButton;
  readonly children: ReactNode;
}) {
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  return (
    <fieldset className="account-sure" aria-label={question}>
      {children}
      <div className="account-row">
        <Yes data-kind="danger" onClick={onYes}>
          {yes}
        </Yes>
        <button ref={back} type="button" className="button" onClick={onNo}>
          {no}
        </button>
      </div>
    </fieldset>
  );
}
