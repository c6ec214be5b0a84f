import type { HearWhom, SoundChoice } from '../../../store/sound.ts';
import { patch, useApp } from '../../../store/store.ts';
import { Choices } from '../../parts/choices.tsx';
import { RUNG_NAMES, soundSentence } from '../../words/sound-words.ts';

const steps: { value: SoundChoice; label: string }[] = [
  { value: 'auto', label: 'Auto' },
  { value: 'headphones', label: RUNG_NAMES.headphones },
  { value: 'speakers', label: RUNG_NAMES.speakers },
  { value: 'plain', label: RUNG_NAMES.plain },
];
const whom: { value: HearWhom; label: string }[] = [
  { value: 'everyone', label: 'Hear everyone' },
  { value: 'circle', label: 'Only my circle' },
];

/** Where voices come from, and whose. */
export function SoundSettings() {
  const { sound, hearWhom } = useApp((state) => state.settings);
  const state = useApp(({ sound }) => sound);
  const isInside = useApp(({ phase }) => phase === 'world');
  return (
    <>
      <Choices
        label="What you listen on"
        hint={isInside ? soundSentence(state) : 'Auto looks at the name of your speakers.'}
        options={steps}
        value={sound}
        change={(next) => patch('settings', { sound: next })}
      />
      <Choices
        label="Whom you hear"
        hint={
          hearWhom === 'everyone'
            ? 'Everyone near, by distance.'
            : 'Everyone else is very quiet. A stage you hear as ever.'
        }
        options={whom}
        value={hearWhom}
        change={(next) => patch('settings', { hearWhom: next })}
      />
    </>
  );
}
