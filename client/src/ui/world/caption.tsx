import { useEffect, useState } from 'react';
import { useApp } from '../../store/store.ts';
import { captionFor } from '../words/caption.ts';

/** People walk past one another: a sentence holds still this long before it is told, in milliseconds. */
const SETTLE_MS = 500;

/** The sentence above the buttons that says whom our voice reaches. */
export function Caption() {
  const names = useApp((state) =>
    // Joined, so that a list with the same names is the same value.
    state.near
      .filter((entry) => entry.heard)
      .map((entry) => state.people[entry.id]?.name)
      .filter((name) => name !== undefined)
      .join('\n'),
  );
  const mic = useApp((state) => state.devices.mic === 'on');
  const voice = useApp((state) => state.media.state === 'on' && state.media.mode !== 'none');
  const online = useApp((state) => state.connection.state === 'online');
  const words = online ? captionFor({ names: names === '' ? [] : names.split('\n'), mic, voice }) : '';
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
