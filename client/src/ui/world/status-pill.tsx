import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { networkWords } from '../words/network-words.ts';

/** Where one is, and how the line stands. The world's name is the page's heading. */
export function StatusPill() {
  const name = useApp((state) => state.world?.name ?? 'chatMUX');
  const connection = useApp((state) => state.connection);
  const media = useApp((state) => state.media);
  const actions = useActions();
  const { tone, text, canRetry } = networkWords(connection, media);
  return (
    <header className="pill" data-tone={tone}>
      <h1>{name}</h1>
      <p className="pill-network" role="status">
        <span className="pill-light" aria-hidden="true" />
        {text}
      </p>
      {canRetry && (
        <button
          type="button"
          className="button pill-retry"
          data-kind="primary"
          onClick={() => actions.reconnect()}
        >
          Try again
        </button>
      )}
    </header>
  );
}
