import { useEffect, useState } from 'react';
import { useApp } from '../../store/store.ts';
import { zoneSentence } from '../words/zone-words.ts';

/** Whoever only crosses an edge is not told of it, in milliseconds. */
const SETTLE_MS = 400;
/** How long the sentence stays, in milliseconds: its name stays beside the world's. */
const SHOWN_MS = 7000;

/** What a place does with voices, said for a while to whoever comes in. */
export function ZoneNote() {
  const zone = useApp((state) => state.zone);
  const words = zone === undefined ? '' : zoneSentence(zone);
  const [told, setTold] = useState('');
  useEffect(() => {
    const timers = [setTimeout(() => setTold(words), SETTLE_MS)];
    if (words !== '') timers.push(setTimeout(() => setTold(''), SETTLE_MS + SHOWN_MS));
    return () => timers.forEach(clearTimeout);
  }, [words]);
  return (
    <p className="caption zone-note" role="status">
      {told && <span>{told}</span>}
    </p>
  );
}
