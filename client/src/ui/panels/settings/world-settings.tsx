import { patch, useApp } from '../../../store/store.ts';
import type { Settings } from '../../../store/types.ts';
import { Choices } from '../../parts/choices.tsx';
import { Switch } from '../../parts/switch.tsx';

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

/** How the world is drawn, and how the page looks. */
export function WorldSettings() {
  const settings = useApp((state) => state.settings);
  const active = useApp((state) => state.activeQuality);
  const set = (change: Partial<Settings>) => patch('settings', change);
  return (
    <>
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
    </>
  );
}
