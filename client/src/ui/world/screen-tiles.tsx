import { patch, useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { Icon } from '../parts/icon.tsx';
import { LiveVideo } from '../parts/live-video.tsx';
import { personStyle } from '../parts/person-dot.tsx';
import { SHORTCUT_KEYS } from '../shortcuts.ts';
import { chooseScreen, largeScreenOf, screensShown, toggleFull } from './screen-doings.ts';

/** Screens that are shared near us: one large, the others in a strip; and a small one of our own. */
export function ScreenTiles() {
  const screens = useApp((state) => state.screens);
  const near = useApp((state) => state.near);
  const largeScreen = useApp((state) => state.largeScreen);
  const selfScreen = useApp((state) => state.selfScreen);
  const ids = screensShown({ screens, near });
  const large = largeScreenOf({ screens, near, largeScreen });
  const picture = large === undefined ? undefined : screens[large];
  const others = ids.filter((id) => id !== large);
  const full = largeScreen.full && picture !== undefined;
  return (
    <section
      className="screens"
      data-full={full}
      aria-label="Shared screens"
      hidden={!picture && !selfScreen}
    >
      {large !== undefined && picture && <LargeScreen id={large} stream={picture} full={full} />}
      {(others.length > 0 || selfScreen) && (
        <ul className="screen-strip">
          {others.map((id) => {
            const stream = screens[id];
            return stream && <SmallScreen key={id} id={id} stream={stream} />;
          })}
          {selfScreen && <OwnScreen stream={selfScreen} />}
        </ul>
      )}
    </section>
  );
}

const useScreenName = (id: number) => {
  const name = useApp((state) => state.people[id]?.name ?? 'Somebody');
  return `${name}’s screen`;
};

function LargeScreen({ id, stream, full }: { id: number; stream: MediaStream; full: boolean }) {
  const name = useScreenName(id);
  const colour = useApp((state) => state.people[id]?.colour ?? 0);
  const what = full ? 'Make it small' : 'Enlarge';
  return (
    <figure className="screen-large" style={personStyle(colour)}>
      <LiveVideo stream={stream} whole picture={`screen ${id}`} />
      <figcaption className="tile-name">
        <span className="tile-dot" aria-hidden="true" />
        <span className="tile-text" role="status">
          {name}
        </span>
      </figcaption>
      <button
        type="button"
        className="screen-enlarge"
        aria-pressed={full}
        aria-keyshortcuts={SHORTCUT_KEYS.enlarge}
        onClick={toggleFull}
      >
        <Icon name={full ? 'shrink' : 'enlarge'} size={16} />
        {what}
        <span aria-hidden="true">
          <kbd className="key">{SHORTCUT_KEYS.enlarge}</kbd>
        </span>
      </button>
    </figure>
  );
}

function SmallScreen({ id, stream }: { id: number; stream: MediaStream }) {
  const name = useScreenName(id);
  return (
    <li className="screen-small">
      <button type="button" aria-label={`Show ${name} large`} onClick={() => chooseScreen(id)}>
        <LiveVideo stream={stream} whole picture={`screen ${id}`} />
        <span className="tile-name" aria-hidden="true">
          <span className="tile-text">{name}</span>
        </span>
      </button>
    </li>
  );
}

function OwnScreen({ stream }: { stream: MediaStream }) {
  const actions = useActions();
  const smooth = useApp((state) => state.settings.screenKind === 'motion');
  return (
    <li className="screen-small" data-self="true">
      <LiveVideo stream={stream} whole />
      <button
        type="button"
        className="screen-kind"
        aria-label="Smooth motion instead of sharp text"
        aria-pressed={smooth}
        onClick={() => patch('settings', { screenKind: smooth ? 'text' : 'motion' })}
      >
        {smooth ? 'Smooth film' : 'Sharp text'}
      </button>
      <button type="button" className="screen-stop" onClick={() => actions.shareScreen(false)}>
        <Icon name="close" size={14} />
        Stop sharing
      </button>
    </li>
  );
}
