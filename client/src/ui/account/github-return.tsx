import { useEffect, useRef, useState } from 'react';
import type { Returned } from '../../account/github-return.ts';
import '../styles/index.css';
import { Note } from '../parts/note.tsx';
import { useTheme } from '../use-theme.ts';

/** Where people come back to from GitHub: how it ended, and the way on. */
export function GithubReturn({
  ends,
  again,
}: {
  readonly ends: Promise<Returned>;
  /** Begins anew. Resolves to why that can't be. */
  again(): Promise<string | undefined>;
}) {
  const [returned, setReturned] = useState<Returned>();
  const [busy, setBusy] = useState(false);
  const top = useRef<HTMLHeadingElement>(null);
  useTheme();
  useEffect(() => {
    top.current?.focus();
    void ends.then(setReturned);
  }, [ends]);
  const tryAgain = async () => {
    if (busy) return;
    setBusy(true);
    const why = await again();
    setBusy(false);
    if (why !== undefined) setReturned({ isDone: false, words: why });
  };
  return (
    <main className="github-return">
      <div className="github-return-card">
        <h1 ref={top} tabIndex={-1}>
          Sign in by GitHub
        </h1>
        <div role="status">
          {returned === undefined ? (
            <p>Asking GitHub who you are…</p>
          ) : (
            <Note tone={returned.isDone ? 'good' : 'danger'}>{returned.words}</Note>
          )}
        </div>
        {returned?.isDone && <p className="hint">You can close this window, if it stays open.</p>}
        {returned && (
          <div className="account-ways">
            {!returned.isDone && (
              <button
                type="button"
                className="button"
                data-kind="primary"
                aria-disabled={busy}
                onClick={() => void tryAgain()}
              >
                {busy ? 'Asking…' : 'Try again'}
              </button>
            )}
            <a className="button" href="/">
              Go to the world
            </a>
          </div>
        )}
      </div>
    </main>
  );
}
