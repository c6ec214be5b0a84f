import { useId } from 'react';
import { useApp } from '../../store/store.ts';
import type { DeviceChoice } from '../../store/types.ts';
import { useActions } from '../actions-context.ts';
import { Icon } from './icon.tsx';
import { Switch } from './switch.tsx';

interface PickerProps {
  label: string;
  /** What stands for the browser's own choice. */
  own: string;
  choices: readonly DeviceChoice[];
  chosen: string;
  choose: (deviceId: string) => void;
}

function Picker({ label, own, choices, chosen, choose }: PickerProps) {
  const id = useId();
  // A chosen device that is unplugged is not in the list: the browser's own choice stands in.
  const known = choices.some((choice) => choice.deviceId === chosen) ? chosen : '';
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="select-frame">
        <select
          id={id}
          className="select"
          value={known}
          disabled={choices.length === 0}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">{choices.length === 0 ? 'Not known yet' : own}</option>
          {choices.map((choice) => (
            <option key={choice.deviceId} value={choice.deviceId}>
              {choice.label}
            </option>
          ))}
        </select>
        <Icon name="chevron" size={16} />
      </div>
    </div>
  );
}

/** Which microphone, camera and speaker to use, and whether the browser cleans up the sound. */
export function DevicePickers() {
  const devices = useApp((state) => state.devices);
  const actions = useActions();
  return (
    <>
      <Picker
        label="Microphone"
        own="The browser's choice"
        choices={devices.mics}
        chosen={devices.micId}
        choose={(deviceId) => actions.chooseDevice('micId', deviceId)}
      />
      <Picker
        label="Camera"
        own="The browser's choice"
        choices={devices.cams}
        chosen={devices.camId}
        choose={(deviceId) => actions.chooseDevice('camId', deviceId)}
      />
      {devices.speakers.length > 0 && (
        <Picker
          label="Speaker"
          own="The system's choice"
          choices={devices.speakers}
          chosen={devices.speakerId}
          choose={(deviceId) => actions.chooseDevice('speakerId', deviceId)}
        />
      )}
      <Switch
        label="Clean up my sound"
        hint="Takes out echo and noise. Turn it off for music."
        on={devices.cleanUp}
        change={(on) => actions.setCleanUp(on)}
      />
    </>
  );
}
