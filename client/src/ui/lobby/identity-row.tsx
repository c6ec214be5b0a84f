import { useRef, useState } from 'react';
import { useApp } from '../../store/store.ts';
import { AccountDialog } from '../account/account-dialog.tsx';
import { Icon } from '../parts/icon.tsx';

/** As whom one comes, and the way to change that. Nothing where the server could not be asked: a guest needs it not. */
export function IdentityRow() {
  const status = useApp((state) => state.account.status);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (status === 'unknown') return <div className="identity-row" />;
  const isIn = status === 'in';
  return (
    <div className="identity-row">
      <p className="hint">{isIn ? 'You are signed in.' : 'You come as a guest.'}</p>
      <button ref={button} type="button" className="button" onClick={() => setOpen(true)}>
        <Icon name="key" size={16} />
        {isIn ? 'Your identity' : 'Sign in'}
      </button>
      {open && (
        <AccountDialog
          onClose={() => {
            setOpen(false);
            button.current?.focus();
          }}
        />
      )}
    </div>
  );
}
