import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { camHint } from '../words/device-sentence.ts';
import { DevicePicker } from './device-picker.tsx';
import { LiveVideo } from './live-video.tsx';

/** Which camera to use, what it sees now, and a switch for it. */
export function CameraCheck() {
  const actions = useActions();
  const { cam, permission } = useApp((state) => state.devices);
  const selfVideo = useApp((state) => state.selfVideo);
  const isOn = cam === 'on';
  return (
    <div className="device">
      <DevicePicker kind="cam" />
      {selfVideo && (
        <div className="device-picture">
          <LiveVideo stream={selfVideo} mirrored />
        </div>
      )}
      <div className="device-row">
        <p className="hint">{camHint(cam, permission.cam)}</p>
        <button type="button" className="button" onClick={() => actions.setCam(!isOn)}>
          {isOn ? 'Turn off' : 'Turn on'}
          <span className="only-heard"> the camera</span>
        </button>
      </div>
    </div>
  );
}
