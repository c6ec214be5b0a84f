import { useId } from 'react';
import { patch, useApp } from '../../../store/store.ts';
import { Switch } from '../../parts/switch.tsx';
import { SoundSettings } from './sound-settings.tsx';

/** How one hears others. */
export function HearingSettings() {
  const { volume, direct } = useApp((state) => state.settings);
  return (
    <>
      <section className="group" aria-label="How you hear">
        <Volume value={volume} change={(next) => patch('settings', { volume: next })} />
        <SoundSettings />
      </section>
      <section className="group" aria-label="Privacy">
        <h3>Privacy</h3>
        <Switch
          label="Direct connections"
          hint="Where the voice server can’t carry a call, you speak straight with the people near you. They may learn your network address."
          on={direct}
          change={(next) => patch('settings', { direct: next })}
        />
      </section>
    </>
  );
}

function Volume({ value, change }: { value: number; change: (volume: number) => void }) {
  const id = useId();
  const percent = Math.round(value * 100);
  return (
    <div className="field">
      <label className="field-label volume-label" htmlFor={id}>
        Volume of everyone <span>{percent} %</span>
      </label>
      <input
        id={id}
        className="range"
        type="range"
        min={0}
        max={100}
        step={5}
        value={percent}
        aria-valuetext={`${percent} percent`}
        onChange={(event) => change(event.target.valueAsNumber / 100)}
      />
    </div>
  );
}
