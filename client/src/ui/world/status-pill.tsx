import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { Icon } from '../parts/icon.tsx';
import { networkWords } from '../words/network-words.ts';
import { placeName } from '../words/place-name.ts';

/** Where one is, and how the line stands. The world's name is the page's heading. */
export function StatusPill() {
  const name = useApp((state) => (state.world ? placeName(state.world.name, state.copy) : 'chatMUX'));
  const connection = useApp((state) => state.connection);
  const media = useApp((state) => state.media);
  const line = useApp((state) => state.line);
  const allowed = useApp((state) => state.settings.direct);
  const zone = useApp((state) => state.zone?.name);
  const actions = useActions();
  const { tone, text, canRetry } = networkWords(connection, media, line, allowed);
  return (
    <header className="pill" data-tone={tone}>
      <h1>{name}</h1>
      {zone !== undefined && (
        <p className="pill-zone">
          <Icon name="place" size={16} />
          {zone}
        </p>
      )}
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
