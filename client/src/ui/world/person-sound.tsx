import { type RefObject, useId } from 'react';
import { setPersonSound } from '../../store/person-sound.ts';
import { MOST_VOLUME, USUAL_SOUND } from '../../store/sound.ts';
import { useApp } from '../../store/store.ts';
import type { PersonView } from '../../store/types.ts';
import { Switch } from '../parts/switch.tsx';

interface Props {
  person: PersonView;
  slider: RefObject<HTMLInputElement | null>;
}

/** How loud one person is for us, and for nobody else. */
export function PersonSoundControls({ person, slider }: Props) {
  const { volume, muted } = useApp((state) => state.personSound[person.id]) ?? USUAL_SOUND;
  const id = useId();
  const percent = Math.round(volume * 100);
  return (
    <fieldset className="person-sound" aria-label={`How you hear ${person.name}`}>
      <label className="field-label volume-label" htmlFor={id}>
        Volume of {person.name} <span>{percent} %</span>
      </label>
      <input
        ref={slider}
        id={id}
        className="range"
        type="range"
        min={0}
        max={MOST_VOLUME * 100}
        step={5}
        value={percent}
        aria-valuetext={`${percent} percent`}
        onChange={(event) => setPersonSound(person.id, { volume: event.target.valueAsNumber / 100 })}
      />
      <Switch
        label={`Mute ${person.name}`}
        hint="For you alone. They don’t learn of it."
        on={muted}
        change={(next) => setPersonSound(person.id, { muted: next })}
      />
    </fieldset>
  );
}
