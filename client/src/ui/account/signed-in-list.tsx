import type { Account } from '@chatmux/schema';
import { useActions } from '../actions-context.ts';
import { whenWords } from '../words/when-words.ts';
import { AccountButton } from './account-button.tsx';
import { AccountLine } from './account-line.tsx';

/** Where one is signed in, and the way to end it there. */
export function SignedInList({ sessions, now }: { sessions: Account['sessions']; now: number }) {
  const { account } = useActions();
  return (
    <section className="group" aria-label="Where you are signed in">
      <h3>Where you are signed in</h3>
      <ul className="account-list">
        {sessions.map(({ id, device, here, createdAt, usedAt }) => {
          const since = whenWords(createdAt, now);
          const used = whenWords(usedAt, now);
          return (
            <AccountLine
              key={id}
              name={device}
              state={here ? `here, now; signed in ${since}` : `used ${used}; signed in ${since}`}
            >
              {!here && (
                <AccountButton
                  aria-label={`Sign out of ${device}, used ${used}, signed in ${since}`}
                  onClick={() => void account.endSession(id)}
                >
                  Sign out
                </AccountButton>
              )}
            </AccountLine>
          );
        })}
      </ul>
      {sessions.length > 2 && (
        <AccountButton onClick={() => void account.endOtherSessions()}>
          Sign out everywhere else
        </AccountButton>
      )}
    </section>
  );
}
