import { useRef } from 'react';
import { useApp } from '../../store/store.ts';
import { Note } from '../parts/note.tsx';
import { GuestContent } from './guest-content.tsx';
import { IdentityContent } from './identity-content.tsx';
import { NewCodes } from './new-codes.tsx';
import { useHeldFocus } from './use-held-focus.ts';

/** Who one is beyond this browser: the same at the door and in the settings. */
export function AccountContent() {
  const { status, account, codes, said, problem } = useApp((state) => state.account);
  const top = useRef<HTMLDivElement>(null);
  useHeldFocus(top);
  return (
    <div className="account" ref={top} tabIndex={-1}>
      <div role="alert">{problem !== undefined && <Note tone="danger">{problem}</Note>}</div>
      {/* Here, and no toast: while a modal dialog is open, nothing beside it can be read. */}
      <div role="status">{said !== undefined && <Note tone="good">{said}</Note>}</div>
      {status === 'unknown' ? (
        <p>We can’t reach the server to see who you are. We keep trying; you can go on as a guest.</p>
      ) : codes.length > 0 ? (
        <NewCodes codes={codes} />
      ) : account ? (
        <IdentityContent account={account} />
      ) : (
        <GuestContent />
      )}
    </div>
  );
}
