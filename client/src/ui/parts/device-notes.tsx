import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { deviceSentence } from '../words/device-sentence.ts';
import { Note } from './note.tsx';

/** What keeps the microphone or the camera from working, if anything, with a way to try again. */
export function DeviceNotes() {
  const mic = useApp((state) => state.devices.mic);
  const cam = useApp((state) => state.devices.cam);
  const where = useApp(({ phase }) => (phase === 'world' ? 'inside' : 'door'));
  const actions = useActions();
  const micWords = deviceSentence('mic', mic, where);
  // A page that is not secure gets neither: saying it once is enough.
  const camWords = mic === 'insecure' && cam === 'insecure' ? '' : deviceSentence('cam', cam, where);
  return (
    <div className="device-notes" role="status">
      {micWords && (
        <Note>
          <p>{micWords}</p>
          {mic !== 'insecure' && (
            <button type="button" className="button" onClick={() => actions.setMic(true)}>
              Try the microphone again
            </button>
          )}
        </Note>
      )}
      {camWords && (
        <Note>
          <p>{camWords}</p>
          {cam !== 'insecure' && (
            <button type="button" className="button" onClick={() => actions.setCam(true)}>
              Try the camera again
            </button>
          )}
        </Note>
      )}
    </div>
  );
}
