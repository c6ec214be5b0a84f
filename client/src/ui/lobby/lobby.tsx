import { nameSchema } from '@chatmux/schema';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { patch, useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { DeviceNotes } from '../parts/device-notes.tsx';
import { DevicePicker } from '../parts/device-picker.tsx';
import { Icon } from '../parts/icon.tsx';
import { Note } from '../parts/note.tsx';
import { SpeakerTest } from '../parts/speaker-test.tsx';
import { COARSE, PHONE } from '../use-media.ts';
import { enteringWords } from '../words/network-words.ts';
import { Backdrop } from './backdrop.tsx';
import { ColourPicker } from './colour-picker.tsx';
import { IdentityRow } from './identity-row.tsx';
import { NameField, nameProblem } from './name-field.tsx';
import { Stage } from './stage.tsx';

/** The place before the door: who one is, how one is heard and seen, and the way in. Devices never block the door. */
export function Lobby() {
  const actions = useActions();
  const name = useApp((state) => state.profile.name);
  const entering = useApp((state) => state.phase === 'entering');
  const connection = useApp((state) => state.connection);
  const input = useRef<HTMLInputElement>(null);
  const [asked, setAsked] = useState(false);

  useEffect(() => {
    // On a touch screen this would push the keyboard over everything.
    if (!matchMedia(COARSE).matches) input.current?.focus();
  }, []);

  const refused = connection.problem?.code === 'bad-name' ? connection.problem.message : undefined;
  const problem = asked ? (nameProblem(name) ?? refused) : refused;

  const enter = (event: FormEvent) => {
    event.preventDefault();
    if (entering) return;
    setAsked(true);
    const parsed = nameSchema.safeParse(name);
    if (!parsed.success) {
      input.current?.focus();
      return;
    }
    if (parsed.data !== name) patch('profile', { name: parsed.data });
    actions.enter();
  };

  return (
    <main className="lobby">
      <Backdrop />
      <div className="lobby-scroll">
        <form className="lobby-card" onSubmit={enter} noValidate>
          <header className="lobby-head">
            <h1 className="wordmark">
              chat<span>MUX</span>
            </h1>
            <p>A small town in your browser. Walk up to people to talk with them.</p>
          </header>
          <Stage />
          <div className="lobby-you">
            <NameField input={input} problem={problem} touched={() => setAsked(true)} />
            <ColourPicker />
            <IdentityRow />
          </div>
          <div className="lobby-enter">
            <ConnectionNote />
            <button type="submit" className="button enter" data-kind="primary" aria-disabled={entering}>
              {entering ? 'Entering…' : 'Enter'}
            </button>
            <p className="lobby-progress" role="status">
              {entering && (
                <>
                  {enteringWords(connection.state)}{' '}
                  <button type="button" className="link" onClick={() => actions.leave()}>
                    Stop
                  </button>
                </>
              )}
            </p>
          </div>
          <div className="lobby-devices">
            <DeviceNotes />
            <Devices />
          </div>
        </form>
      </div>
    </main>
  );
}

/** Device pickers, folded away where there is little room. */
function Devices() {
  const [open] = useState(() => !matchMedia(PHONE).matches);
  return (
    <details className="fold" open={open}>
      <summary>
        Sound and picture
        <Icon name="chevron" size={16} />
      </summary>
      <div className="fold-body">
        <DevicePicker kind="mic" />
        <DevicePicker kind="cam" />
        <SpeakerTest />
      </div>
    </details>
  );
}

/** Why the last try did not end in the world. A name that was refused is told beside the name instead. */
function ConnectionNote() {
  const actions = useActions();
  const { state, problem } = useApp((app) => app.connection);
  const lobby = useApp((app) => app.phase === 'lobby');
  const shown = lobby && problem?.code !== 'bad-name' && (state === 'offline' || problem !== undefined);
  return (
    <div role="alert">
      {shown && (
        <Note tone="danger">
          <p>{problem?.message ?? "We couldn't reach the town. Check your connection, then try again."}</p>
          {problem?.code === 'bad-version' ? (
            <button type="button" className="button" onClick={() => location.reload()}>
              Load the page again
            </button>
          ) : (
            <button type="button" className="button" onClick={() => actions.enter()}>
              Try again
            </button>
          )}
        </Note>
      )}
    </div>
  );
}
