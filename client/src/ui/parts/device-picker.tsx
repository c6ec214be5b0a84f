import { useId } from 'react';
import type { DeviceKind } from '../../store/devices.ts';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { Icon } from './icon.tsx';

const LIST_OF = { mic: 'mics', cam: 'cams', speaker: 'speakers' } as const;
const LABELS = { mic: 'Microphone', cam: 'Camera', speaker: 'Speaker' } as const;
/** What stands for no choice of ours. */
const OWN = {
  mic: 'The browser’s choice',
  cam: 'The browser’s choice',
  speaker: 'The system’s choice',
} as const;

/** Which microphone, camera or speaker to use. One that was chosen stays in the list while it is away. */
export function DevicePicker({ kind }: { kind: DeviceKind }) {
  const id = useId();
  const actions = useActions();
  const list = useApp((state) => state.devices[LIST_OF[kind]]);
  const chosen = useApp((state) => state.devices.chosen[kind]);
  const isAway = chosen.id !== '' && !list.some(({ deviceId }) => deviceId === chosen.id);
  const isKnown = list.length > 0;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {LABELS[kind]}
      </label>
      <div className="select-frame">
        <select
          id={id}
          className="select"
          value={chosen.id}
          disabled={!isKnown && !isAway}
          onChange={(event) => actions.chooseDevice(kind, event.target.value)}
        >
          <option value="">{isKnown || isAway ? OWN[kind] : 'Not known yet'}</option>
          {isAway && (
            <option value={chosen.id}>{`${chosen.name || 'The one you chose'} (not there now)`}</option>
          )}
          {list
            .filter(({ deviceId }) => deviceId !== '')
            .map((choice) => (
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
