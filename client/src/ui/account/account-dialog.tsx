import { useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import { Icon } from '../parts/icon.tsx';
import { AccountContent } from './account-content.tsx';

/** At the door, where there are no panels yet. A modal dialog of the browser: it keeps the focus, and Esc closes it. */
export function AccountDialog({ onClose }: { onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
  }, []);
  // Beside the lobby, not inside it: that is a form, and here is another.
  return createPortal(
    <dialog className="account-dialog" ref={dialog} aria-labelledby={id} onClose={onClose}>
      <header className="panel-head">
        <h2 id={id}>You</h2>
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
      <div className="account-dialog-body">
        <AccountContent />
      </div>
    </dialog>,
    document.body,
  );
}
