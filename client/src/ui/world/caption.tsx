import { useEffect, useState } from 'react';
import { useApp } from '../../store/store.ts';
import type { AppState } from '../../store/types.ts';
import { captionFor } from '../words/caption.ts';

/** People walk past one another: a sentence holds still this long before it is told, in milliseconds. */
const SETTLE_MS = 500;

/** Names of those near, nearest first; joined, so that a list with the same names is the same value. */
function namesOf({ near, people }: AppState, which: 'heard' | 'hearsUs'): string {
  return near
    .filter((entry) => entry[which])
    .map((entry) => people[entry.id]?.name)
    .filter((name) => name !== undefined)
    .join('\n');
}

const split = (names: string) => (names === '' ? [] : names.split('\n'));

/** The sentence above the buttons that says whom our voice reaches. */
export function Caption() {
  const hears = useApp((state) => namesOf(state, 'heard'));
  const reaches = useApp((state) => namesOf(state, 'hearsUs'));
  const mic = useApp((state) => state.devices.mic === 'on');
  const waits = useApp(({ devices }) => devices.talk === 'push' && !devices.talking);
  const voice = useApp((state) => state.media.state === 'on' && state.media.mode !== 'none');
  const online = useApp((state) => state.connection.state === 'online');
  const status = useApp((state) => state.status);
  const words = online
    ? captionFor({ hears: split(hears), reaches: split(reaches), mic, waits, voice, status })
    : '';
  const [told, setTold] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setTold(words), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <p className="caption" role="status">
      {told && <span>{told}</span>}
    </p>
  );
}
