import { useState } from 'react';
import { useApp } from '../../store/store.ts';
import { useActions } from '../actions-context.ts';
import { DevicePicker } from './device-picker.tsx';

type TestState = 'idle' | 'playing' | 'played' | 'failed';

const WORDS = {
  idle: 'Hear whether it works.',
  playing: 'Three tones, going up.',
  played: 'If you heard nothing, try another speaker or turn it up.',
  failed: 'This speaker plays nothing. Try another one.',
} as const;

/** Which speaker to use, where the browser lets pages choose, and a way to hear whether it works. */
export function SpeakerTest() {
  const actions = useActions();
  const canChoose = useApp(({ devices }) => devices.choosesSpeaker && devices.speakers.length > 0);
  const [test, setTest] = useState<TestState>('idle');
  const play = async () => {
    setTest('playing');
    setTest((await actions.testSpeaker()) ? 'played' : 'failed');
  };
  return (
    <div className="device">
      {canChoose ? (
        <DevicePicker kind="speaker" />
      ) : (
        <p className="hint">This browser plays on the system’s speaker. Choose another one in the system.</p>
      )}
      <div className="device-row">
        <p className="hint" role="status">
          {WORDS[test]}
        </p>
        <button
          type="button"
          className="button"
          aria-disabled={test === 'playing'}
          onClick={() => test !== 'playing' && void play()}
        >
          Play a test sound
        </button>
      </div>
    </div>
  );
}
