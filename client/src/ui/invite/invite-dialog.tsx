import { useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useApp } from '../../store/store.ts';
import { AccountContent } from '../account/account-content.tsx';
import { useActions } from '../actions-context.ts';
import { NameField } from '../lobby/name-field.tsx';
import { Icon } from '../parts/icon.tsx';
import { Note } from '../parts/note.tsx';
import { inviteWords } from '../words/order-words.ts';

/** An invite whose link was opened: what it is to, and whether one takes it. A modal dialog, at the door and inside. */
export function InviteDialog() {
  const secret = useApp((state) => state.invite?.secret);
  return secret === undefined ? null : createPortal(<OpenInvite key={secret} />, document.body);
}

function OpenInvite() {
  const actions = useActions();
  const invite = useApp((state) => state.invite);
  const isSomebody = useApp((state) => state.account.account !== undefined);
  // Whoever has just become somebody keeps their codes first.
  const hasCodes = useApp((state) => state.account.codes.length > 0);
  const name = useRef<HTMLInputElement>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
  }, []);
  if (!invite) return null;
  const { look, said, problem, busy } = invite;
  const mayAccept = look !== undefined && said === undefined;
  return (
    <dialog
      className="account-dialog"
      ref={dialog}
      aria-labelledby={id}
      onClose={() => actions.forgetInvite(invite.secret)}
    >
      <header className="panel-head">
        <h2 id={id}>An invite</h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close"
          title="Close (Esc)"
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="account-dialog-body invite">
        <div role="status">
          {said !== undefined ? <Note tone="good">{said}</Note> : look && <p>{inviteWords(look)}</p>}
          {!look && busy && <p className="hint">Asking what it is to…</p>}
        </div>
        <div role="alert">{problem !== undefined && <Note tone="danger">{problem}</Note>}</div>
        {mayAccept && !isSomebody && (
          <>
            <p>For that you need an identity, so that you are known again.</p>
            <NameField input={name} problem={undefined} touched={() => undefined} />
          </>
        )}
        {mayAccept && (!isSomebody || hasCodes) && <AccountContent />}
        <div className="account-row">
          {mayAccept && isSomebody && !hasCodes && (
            <button
              type="button"
              className="button"
              data-kind="primary"
              aria-disabled={busy}
              onClick={() => actions.acceptInvite()}
            >
              Accept
            </button>
          )}
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            {said !== undefined || problem !== undefined ? 'Close' : 'Not now'}
          </button>
        </div>
      </div>
    </dialog>
  );
}
