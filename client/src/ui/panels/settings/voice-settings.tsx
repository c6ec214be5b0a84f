import { useId } from 'react';
import {
  type Cleaning,
  TALK_KEYS,
  type TalkKey,
  type TalkMode,
  type VoiceProfile,
} from '../../../store/devices.ts';
import { patch, useApp } from '../../../store/store.ts';
import { useActions } from '../../actions-context.ts';
import { Choices } from '../../parts/choices.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Switch } from '../../parts/switch.tsx';
import { COARSE, useMedia } from '../../use-media.ts';
import { keyName } from '../../words/key-name.ts';

const profiles: { value: VoiceProfile; label: string }[] = [
  { value: 'voice', label: 'Talk' },
  { value: 'music', label: 'Music' },
];
const modes: { value: TalkMode; label: string }[] = [
  { value: 'open', label: 'Always' },
  { value: 'push', label: 'Push to talk' },
];
const cleanings: { name: keyof Cleaning; label: string; hint: string }[] = [
  { name: 'echo', label: 'Take out echo', hint: 'So that others don’t hear themselves from your speakers.' },
  { name: 'noise', label: 'Take out noise', hint: 'Fans, traffic, keys.' },
  { name: 'gain', label: 'Even out loudness', hint: 'Quiet voices louder, loud ones quieter.' },
];

/** How one is heard. */
export function VoiceSettings() {
  const actions = useActions();
  const { cleaning, profile, talk } = useApp((state) => state.devices);
  const isMusic = profile === 'music';
  return (
    <>
      <section className="group" aria-label="When you are heard">
        <Choices
          label="When you are heard"
          hint={
            talk === 'push'
              ? 'The microphone stays open, so that the first word is not lost; nothing is sent until you hold.'
              : 'While the microphone is on.'
          }
          options={modes}
          value={talk}
          change={(next) => actions.setTalk(next)}
        />
        {talk === 'push' && <TalkKeyPicker />}
      </section>
      <section className="group" aria-label="How you sound">
        <Choices
          label="What you send"
          hint={
            isMusic
              ? 'In stereo and as it is. Wear headphones, or others hear themselves.'
              : 'For talk: little data, little noise.'
          }
          options={profiles}
          value={profile}
          change={(next) => actions.setProfile(next)}
        />
        {!isMusic &&
          cleanings.map(({ name, label, hint }) => (
            <Switch
              key={name}
              label={label}
              hint={hint}
              on={cleaning[name]}
              change={(on) => actions.setCleaning({ ...cleaning, [name]: on })}
            />
          ))}
      </section>
    </>
  );
}

function TalkKeyPicker() {
  const id = useId();
  const talkKey = useApp((state) => state.devices.talkKey);
  const coarse = useMedia(COARSE);
  if (coarse) return <p className="hint">Hold the button “Hold to talk” in the middle below.</p>;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        Key to hold
      </label>
      <div className="select-frame">
        <select
          id={id}
          className="select"
          value={talkKey}
          onChange={(event) => patch('devices', { talkKey: event.target.value as TalkKey })}
        >
          {TALK_KEYS.map((code) => (
            <option key={code} value={code}>
              {keyName(code)}
            </option>
          ))}
        </select>
        <Icon name="chevron" size={16} />
      </div>
    </div>
  );
}
