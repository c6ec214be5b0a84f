import type { MediaSource } from '@chatmux/schema';
import { createMedia, type Media } from '../media/index.ts';
import type { WorldConnection } from '../net/world-connection.ts';
import { soundOf } from '../store/person-sound.ts';
import type { WayState } from '../store/sound.ts';
import { store, toast } from '../store/store.ts';
import type { PersonView } from '../store/types.ts';
import type { OwnSpeaking } from './own-speaking.ts';
import { showScreen, showVideo } from './show-room.ts';

/** Media that ask and signal over our connection, and show in the store how they stand. */
export function createSessionMedia(connection: WorldConnection, ownSpeaking: OwnSpeaking): Media {
  store.setState(({ sound }) => ({ line: 'good', sound: { ...sound, way: 'straight' } }));
  const media = createMedia({
    request: (request) => connection.request(request),
    signal: (signal) => connection.sendSignal(signal),
    reach: (message) => connection.send('reach', message),
    certificate: (message) => connection.send('certificate', message),
    relayOnly: isRelayOnly,
    onState: (state) => store.setState({ media: state }),
    onLine: (line) => store.setState({ line }),
    onVideo: showVideo,
    onScreen: showScreen,
    onSpeaking(ids) {
      store.setState({ speaking: Object.fromEntries(ids.map((id) => [id, true as const])) });
      const { me } = store.getState();
      ownSpeaking.update(me !== undefined && ids.includes(me));
    },
    onSay: toast,
    onWay: (way: WayState) => store.setState(({ sound }) => ({ sound: { ...sound, way } })),
    sends: (id, source) => saysTheySend(store.getState().people[id], source),
    soundOf: (id) => soundOf(store.getState(), id),
  });
  media.setDirect(store.getState().settings.direct);
  media.setPrefers(store.getState().settings.pictures);
  media.setVolume(store.getState().settings.volume);
  return media;
}

/** Of somebody the roster doesn't show yet nothing is known. */
function saysTheySend(person: PersonView | undefined, source: MediaSource): boolean {
  if (!person) return true;
  return source === 'screen-audio' ? person.screen : person[source];
}

/** For developers: a page opened with `?inspect&relay-only` sends and receives over TURN servers alone. */
function isRelayOnly(): boolean {
  const asked = new URLSearchParams(location.search);
  return asked.has('inspect') && asked.has('relay-only');
}
