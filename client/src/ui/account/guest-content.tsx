import { nameSchema } from '@chatmux/schema';
import { type FormEvent, useId, useState } from 'react';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { Icon } from '../parts/icon.tsx';
import { Note } from '../parts/note.tsx';
import { AccountButton } from './account-button.tsx';

/** For whoever is here as a guest: how to become somebody, or to be known again. */
export function GuestContent() {
  const { account } = useActions();
  const profile = useApp((state) => state.profile);
  const github = useApp((state) => state.account.github);
  const hindrance = account.hindrance();
  const name = nameSchema.safeParse(profile.name);
  return (
    <>
      <p>
        As a guest you are known in this browser alone. With an identity you are yourself on all your devices.
        Nothing to remember: your device’s own lock signs you in, by a passkey.
      </p>
      {hindrance && (
        <Note>
          <p>{hindrance.why}</p>
          {hindrance.better !== undefined && <a href={hindrance.better}>Open this page at localhost</a>}
        </Note>
      )}
      {!hindrance && (
        <div className="account-ways">
          <AccountButton
            data-kind="primary"
            does="sign-in"
            doing="Signing in…"
            onClick={() => void account.signIn()}
          >
            <Icon name="key" size={16} />
            Sign in with a passkey
          </AccountButton>
          <AccountButton
            does="make"
            doing="Making it…"
            disabled={!name.success}
            onClick={() => name.success && void account.makeIdentity({ ...profile, name: name.data })}
          >
            {name.success ? `Become ${name.data}` : 'Make an identity'}
          </AccountButton>
          {!name.success && <p className="hint">Give your name first: it is what others will know you by.</p>}
        </div>
      )}
      {github && (
        <AccountButton
          does="github"
          doing="Asking GitHub…"
          onClick={() => void account.signInByGithub(profile.colour)}
        >
          Sign in with GitHub
        </AccountButton>
      )}
      <Recover />
    </>
  );
}

/** For whoever has no passkey at hand. */
function Recover() {
  const { account } = useActions();
  const busy = useApp((state) => state.account.busy);
  const [code, setCode] = useState('');
  const id = useId();
  const use = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (code.trim() !== '') void account.recover(code);
  };
  return (
    <details className="fold">
      <summary>
        No passkey at hand?
        <Icon name="chevron" size={16} />
      </summary>
      <form className="account-recover" onSubmit={use}>
        <label className="field-label" htmlFor={id}>
          One of your recovery codes
        </label>
        <div className="share-row">
          <input
            id={id}
            className="input"
            value={code}
            maxLength={60}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            placeholder="XXXX-XXXX-XXXX-XXXX"
            onChange={(event) => setCode(event.target.value)}
          />
          <button type="submit" className="button" aria-disabled={busy !== undefined}>
            {busy === 'recover' ? 'Looking…' : 'Use it'}
          </button>
        </div>
        <p className="hint">Each works once. You were shown eight of them when you made your identity.</p>
      </form>
    </details>
  );
}
