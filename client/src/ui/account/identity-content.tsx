import type { Account } from '@chatmux/schema';
import { useState } from 'react';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { PersonDot } from '../parts/person-dot.tsx';
import { AboutYou } from './about-you.tsx';
import { AccountButton } from './account-button.tsx';
import { DeleteIdentity } from './delete-identity.tsx';
import { GithubAccount } from './github-account.tsx';
import { Passkeys } from './passkeys.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SignedInList } from './signed-in-list.tsx';

/** For whoever is signed in: what they sign in by, and where they are signed in. */
export function IdentityContent({ account }: { account: Account }) {
  const { account: does } = useActions();
  const profile = useApp((state) => state.profile);
  const [now] = useState(Date.now);
  return (
    <>
      <div className="account-who">
        <PersonDot name={profile.name || account.name} colour={profile.colour} speaking={false} />
        <div className="person-words">
          <span className="person-name">{profile.name || account.name}</span>
          <span className="person-state">signed in</span>
        </div>
        <AccountButton does="sign-out" onClick={() => void does.signOut()}>
          Sign out
        </AccountButton>
      </div>
      <AboutYou account={account} />
      <Passkeys account={account} now={now} />
      <GithubAccount account={account} now={now} />
      <RecoveryCodes left={account.codesLeft} />
      <SignedInList sessions={account.sessions} now={now} />
      <DeleteIdentity />
    </>
  );
}
