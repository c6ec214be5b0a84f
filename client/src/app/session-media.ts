import { createMedia, type Media } from '../media/index.ts';
import type { WorldConnection } from '../net/world-connection.ts';
import { store, toast } from '../store/store.ts';
import type { OwnSpeaking } from './own-speaking.ts';
import { showVideo } from './show-room.ts';

/** Media that ask and signal over our connection, and show in the store how they stand. */
export function createSessionMedia(connection: WorldConnection, ownSpeaking: OwnSpeaking): Media {
  const media = createMedia({
    request: (request) => connection.request(request),
    signal: (signal) => connection.sendSignal(signal),
    onState: (state) => store.setState({ media: state }),
    onVideo: showVideo,
    onSpeaking(ids) {
      store.setState({ speaking: Object.fromEntries(ids.map((id) => [id, true as const])) });
      const { me } = store.getState();
      ownSpeaking.update(me !== undefined && ids.includes(me));
    },
    onSay: toast,
  });
  media.setVolume(store.getState().settings.volume);
  return media;
}
