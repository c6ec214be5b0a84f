import type { ReactNode } from 'react';

/** One of a list: what it is called, what there is to know of it, what can be done. */
export function AccountLine({ name, state, children }: { name: string; state: string; children: ReactNode }) {
  return (
    <li className="account-row">
      <div className="person-words">
        <span className="person-name">{name}</span>
        <span className="person-state">{state}</span>
      </div>
      {children}
    </li>
  );
}
