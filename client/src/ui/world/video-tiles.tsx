import type { CSSProperties } from 'react';
import { isSpeaking } from '../../store/speaking.ts';
import { useApp } from '../../store/store.ts';
import { Icon } from '../parts/icon.tsx';
import { LiveVideo } from '../parts/live-video.tsx';
import { personStyle } from '../parts/person-dot.tsx';
import { PHONE, useMedia } from '../use-media.ts';

/** The faces of those near, nearest first, and a small one of ourselves. */
export function VideoTiles() {
  const near = useApp((state) => state.near);
  const videos = useApp((state) => state.videos);
  const selfVideo = useApp((state) => state.selfVideo);
  const phone = useMedia(PHONE);
  const faces = near.filter((entry) => videos[entry.id]).map((entry) => entry.id);
  const shown = faces.slice(0, phone ? 3 : 5);
  const rest = faces.length - shown.length;
  if (shown.length === 0 && !selfVideo) return null;
  return (
    <ul className="tiles" aria-label="Faces near you">
      {shown.map((id) => {
        const stream = videos[id];
        return stream && <Tile key={id} id={id} stream={stream} />;
      })}
      {rest > 0 && <li className="tiles-rest">and {rest} more</li>}
      {selfVideo && <SelfTile stream={selfVideo} />}
    </ul>
  );
}

function Tile({ id, stream }: { id: number; stream: MediaStream }) {
  const person = useApp((state) => state.people[id]);
  const speaking = useApp((state) => isSpeaking(state, id));
  const style: CSSProperties = personStyle(person?.colour ?? 0);
  return (
    <li className="tile" data-speaking={speaking} style={style}>
      <LiveVideo stream={stream} picture={`cam ${id}`} />
      <span className="tile-name">
        <span className="tile-dot" aria-hidden="true" />
        <span className="tile-text">{person?.name ?? 'Somebody'}</span>
        {speaking && (
          <>
            <Icon name="speaker" size={12} />
            <span className="only-heard">speaking</span>
          </>
        )}
        {person && !person.mic && (
          <>
            <Icon name="mic-off" size={12} />
            <span className="only-heard">microphone off</span>
          </>
        )}
      </span>
    </li>
  );
}

function SelfTile({ stream }: { stream: MediaStream }) {
  const speaking = useApp((state) => state.me !== undefined && state.speaking[state.me] === true);
  return (
    <li className="tile" data-self="true" data-speaking={speaking}>
      <LiveVideo stream={stream} mirrored />
      <span className="tile-name">
        <span className="tile-text">You</span>
      </span>
    </li>
  );
}
