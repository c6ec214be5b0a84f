import type { Account } from '@chatmux/schema';
import { type ReactNode, useState } from 'react';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { Icon } from '../parts/icon.tsx';
import { PersonDot } from '../parts/person-dot.tsx';
import { whenWords } from '../words/when-words.ts';
import { DeleteIdentity } from './delete-identity.tsx';

/** For whoever is signed in: what they sign in by, and where they are signed in. */
export function IdentityContent({ account }: { account: Account }) {
  const { account: does } = useActions();
  const profile = useApp((state) => state.profile);
  const [now] = useState(Date.now);
  const others = account.sessions.filter(({ here }) => !here);
  return (
    <>
      <div className="account-who">
        <PersonDot name={profile.name || account.name} colour={profile.colour} speaking={false} />
        <div className="person-words">
          <span className="person-name">{profile.name || account.name}</span>
          <span className="person-state">signed in</span>
        </div>
        <button type="button" className="button" onClick={() => void does.signOut()}>
          Sign out
        </button>
      </div>
      <Passkeys account={account} now={now} />
      <section className="group" aria-label="Recovery codes">
        <h3>Recovery codes</h3>
        <div className="account-row">
          <p className="account-grow">
            {account.codesLeft === 0 ? 'You have none left.' : `${account.codesLeft} have not been used.`}
          </p>
          <button type="button" className="button" onClick={() => void does.makeCodes()}>
            Make new ones
          </button>
        </div>
      </section>
      <section className="group" aria-label="Where you are signed in">
        <h3>Where you are signed in</h3>
        <ul className="account-list">
          {account.sessions.map((session) => (
            <Line
              key={session.id}
              name={session.device}
              state={session.here ? 'here, now' : `used ${whenWords(session.usedAt, now)}`}
            >
              {!session.here && (
                <button
                  type="button"
                  className="button"
                  aria-label={`Sign out of ${session.device}`}
                  onClick={() => void does.endSession(session.id)}
                >
                  Sign out
                </button>
              )}
            </Line>
          ))}
        </ul>
        {others.length > 1 && (
          <button type="button" className="button" onClick={() => void does.endOtherSessions()}>
            Sign out everywhere else
          </button>
        )}
      </section>
      <DeleteIdentity />
    </>
  );
}

function Passkeys({ account, now }: { account: Account; now: number }) {
  const { account: does } = useActions();
  const busy = useApp((state) => state.account.busy);
  return (
    <section className="group" aria-label="Passkeys">
      <h3>Passkeys</h3>
      <ul className="account-list">
        {account.passkeys.map((passkey) => (
          <Line
            key={passkey.id}
            name={passkey.name}
            state={
              passkey.rpId === location.hostname
                ? passkey.usedAt === undefined
                  ? `made ${whenWords(passkey.createdAt, now)}`
                  : `used ${whenWords(passkey.usedAt, now)}`
                : `works at ${passkey.rpId} only`
            }
          >
            {account.passkeys.length > 1 && (
              <button
                type="button"
                className="button"
                aria-label={`Remove the passkey of ${passkey.name}`}
                onClick={() => void does.removePasskey(passkey.id)}
              >
                Remove
              </button>
            )}
          </Line>
        ))}
      </ul>
      {!does.hindrance() && (
        <button
          type="button"
          className="button"
          aria-disabled={busy !== undefined}
          onClick={() => void does.addPasskey()}
        >
          <Icon name="key" size={16} />
          {busy === 'add-passkey' ? 'Adding it…' : 'Add a passkey to this device'}
        </button>
      )}
    </section>
  );
}

function Line({ name, state, children }: { name: string; state: string; children: ReactNode }) {
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
