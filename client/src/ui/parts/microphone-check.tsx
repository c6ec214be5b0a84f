import { useRef } from 'react';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { useHold } from '../use-hold.ts';
import { useMicLevel } from '../use-mic-level.ts';
import { micHint } from '../words/device-sentence.ts';
import { DevicePicker } from './device-picker.tsx';

/** Which microphone to use, how loud it is now, and a switch for it. */
export function MicrophoneCheck() {
  const actions = useActions();
  const { mic, permission } = useApp((state) => state.devices);
  const root = useRef<HTMLDivElement>(null);
  const hold = useHold();
  const isOn = mic === 'on';
  useMicLevel(root, isOn);
  return (
    <div className="device" ref={root}>
      <DevicePicker kind="mic" />
      <div className="meter" data-on={isOn} aria-hidden="true" />
      <div className="device-row">
        <p className="hint">{micHint(mic, permission.mic, hold)}</p>
        <button type="button" className="button" onClick={() => actions.setMic(!isOn)}>
          {isOn ? 'Turn off' : 'Turn on'}
          <span className="only-heard"> the microphone</span>
        </button>
      </div>
    </div>
  );
}
