import type { Account } from '@chatmux/schema';
import { useRef, useState } from 'react';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { whenWords } from '../words/when-words.ts';
import { AccountButton } from './account-button.tsx';
import { AccountLine } from './account-line.tsx';
import { Sure } from './sure.tsx';

/** The account at GitHub that signs one in, where this place knows GitHub. */
export function GithubAccount({ account, now }: { account: Account; now: number }) {
  const { account: does } = useActions();
  const offered = useApp((state) => state.account.github);
  const [asks, setAsks] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { github, passkeys } = account;
  if (!github && !offered) return null;
  return (
    <section className="group" aria-label="GitHub">
      <h3>GitHub</h3>
      {github ? (
        <ul className="account-list">
          <AccountLine
            name={github.login}
            state={`at ${github.host}, used ${whenWords(github.usedAt ?? github.linkedAt, now)}`}
          >
            {passkeys.length > 0 && (
              <AccountButton ref={button} onClick={() => setAsks(true)}>
                Unlink
              </AccountButton>
            )}
          </AccountLine>
        </ul>
      ) : (
        <AccountButton does="github" doing="Asking GitHub…" onClick={() => void does.linkGithub()}>
          Link your GitHub account
        </AccountButton>
      )}
      {asks && github && passkeys.length > 0 && (
        <Sure
          question="Unlink GitHub?"
          yes="Unlink it"
          no="Keep it"
          onYes={() => {
            setAsks(false);
            void does.unlinkGithub();
          }}
          onNo={() => {
            setAsks(false);
            button.current?.focus();
          }}
        >
          <p>{github.login} at GitHub will not sign you in any more.</p>
        </Sure>
      )}
    </section>
  );
}
