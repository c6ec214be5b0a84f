import { useRef } from 'react';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { Icon } from '../parts/icon.tsx';
import { LiveVideo } from '../parts/live-video.tsx';
import { useHold } from '../use-hold.ts';
import { useMicLevel } from '../use-mic-level.ts';
import { deviceWord, isTrouble, micHint } from '../words/device-sentence.ts';
import { AvatarFigure } from './avatar-figure.tsx';

/** How others will meet us: avatar, camera picture, voice; with the two switches for them. */
export function Stage() {
  const colour = useApp((state) => state.profile.colour);
  const mic = useApp((state) => state.devices.mic);
  const cam = useApp((state) => state.devices.cam);
  const permission = useApp((state) => state.devices.permission.mic);
  const hold = useHold();
  const selfVideo = useApp((state) => state.selfVideo);
  const actions = useActions();
  const root = useRef<HTMLElement>(null);
  useMicLevel(root, mic === 'on');
  return (
    <section className="stage" ref={root} aria-label="How others meet you">
      <div className="stage-scene" data-video={selfVideo !== undefined}>
        {selfVideo && <LiveVideo stream={selfVideo} mirrored />}
        <div className="stage-figure">
          <AvatarFigure colour={colour} />
        </div>
      </div>
      <div className="stage-switches">
        <button
          type="button"
          className="stage-switch"
          data-state={mic}
          aria-pressed={mic === 'on'}
          aria-label={mic === 'on' ? 'Turn microphone off' : 'Turn microphone on'}
          onClick={() => actions.setMic(mic !== 'on')}
        >
          <Icon name={mic === 'on' ? 'mic' : 'mic-off'} />
          <span className="stage-switch-words" data-word={deviceWord(mic)}>
            Microphone
          </span>
          {isTrouble(mic) && <span className="badge-alert" />}
        </button>
        <button
          type="button"
          className="stage-switch"
          data-state={cam}
          aria-pressed={cam === 'on'}
          aria-label={cam === 'on' ? 'Turn camera off' : 'Turn camera on'}
          onClick={() => actions.setCam(cam !== 'on')}
        >
          <Icon name={cam === 'on' ? 'cam' : 'cam-off'} />
          <span className="stage-switch-words" data-word={deviceWord(cam)}>
            Camera
          </span>
          {isTrouble(cam) && <span className="badge-alert" />}
        </button>
      </div>
      <div className="stage-voice" data-on={mic === 'on'}>
        <div className="meter" aria-hidden="true" />
        <p className="hint">{micHint(mic, permission, hold)}</p>
      </div>
    </section>
  );
}
