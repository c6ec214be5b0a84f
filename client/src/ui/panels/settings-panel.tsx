import { useId } from 'react';
import { patch, useApp } from '../../store/store.ts';
import type { Settings } from '../../store/types.ts';
import { Choices } from '../parts/choices.tsx';
import { DeviceNotes } from '../parts/device-notes.tsx';
import { DevicePickers } from '../parts/device-pickers.tsx';
import { Switch } from '../parts/switch.tsx';
import { Panel } from './panel.tsx';
import { SoundSettings } from './sound-settings.tsx';

const qualities: { value: Settings['quality']; label: string }[] = [
  { value: 'auto', label: 'Auto' },
  { value: 'low', label: 'Low' },
  { value: 'medium', label: 'Medium' },
  { value: 'high', label: 'High' },
];
const caps = [
  { value: 0, label: 'None' },
  { value: 60, label: '60' },
  { value: 30, label: '30' },
  { value: 10, label: '10' },
];
const themes: { value: Settings['theme']; label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function SettingsPanel() {
  const settings = useApp((state) => state.settings);
  const active = useApp((state) => state.activeQuality);
  const set = (change: Partial<Settings>) => patch('settings', change);
  return (
    <Panel title="Settings" takesFocus>
      <section className="group" aria-label="Sound and picture">
        <h3>Sound and picture</h3>
        <DeviceNotes />
        <Volume value={settings.volume} change={(volume) => set({ volume })} />
        <SoundSettings />
        <DevicePickers />
      </section>
      <section className="group" aria-label="The world">
        <h3>The world</h3>
        <Choices
          label="Quality"
          hint={
            settings.quality === 'auto'
              ? `Suits itself to this device. Now: ${active}.`
              : 'Lower is kinder to a weak device or a battery.'
          }
          options={qualities}
          value={settings.quality}
          change={(quality) => set({ quality })}
        />
        <Choices
          label="Frames a second, at most"
          options={caps}
          value={settings.maxFps}
          change={(maxFps) => set({ maxFps })}
        />
        <Switch
          label="Name tags"
          hint="Names above people's heads."
          on={settings.nameTags}
          change={(nameTags) => set({ nameTags })}
        />
      </section>
      <section className="group" aria-label="Looks">
        <h3>Looks</h3>
        <Choices label="Theme" options={themes} value={settings.theme} change={(theme) => set({ theme })} />
      </section>
    </Panel>
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
