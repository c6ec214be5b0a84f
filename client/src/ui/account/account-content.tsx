import { useEffect, useRef } from 'react';
import { useApp } from '../../store/store.ts';
import { Note } from '../parts/note.tsx';
import { GuestContent } from './guest-content.tsx';
import { IdentityContent } from './identity-content.tsx';
import { NewCodes } from './new-codes.tsx';

/** Who one is beyond this browser: the same at the door and in the settings. */
export function AccountContent() {
  const { status, account, codes, problem } = useApp((state) => state.account);
  const top = useRef<HTMLDivElement>(null);
  const first = useRef(true);
  const shown = codes.length > 0 ? 'codes' : status;
  // What had the focus is gone with what was shown before: it goes on at the top of what is shown now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when something else is shown
  useEffect(() => {
    if (!first.current) top.current?.focus({ preventScroll: true });
    first.current = false;
  }, [shown]);
  return (
    <div className="account" ref={top} tabIndex={-1}>
      <div role="alert">{problem !== undefined && <Note tone="danger">{problem}</Note>}</div>
      {shown === 'codes' ? (
        <NewCodes codes={codes} />
      ) : account ? (
        <IdentityContent account={account} />
      ) : (
        <GuestContent />
      )}
    </div>
  );
}
