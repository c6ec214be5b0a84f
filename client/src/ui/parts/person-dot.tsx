import type { CSSProperties } from 'react';
import { personColour } from '../../store/person-colours.ts';

/** A person's colour as custom properties, for CSS to use. */
export function personStyle(colour: number): CSSProperties {
  const { hex, ink } = personColour(colour);
  return { '--person': hex, '--person-ink': ink } as CSSProperties;
}

/** The first letter of a name on the person's colour. The name itself always stands beside it. */
export function PersonDot({ name, colour, speaking }: { name: string; colour: number; speaking: boolean }) {
  const [first = ''] = name;
  return (
    <span className="dot" style={personStyle(colour)} data-speaking={speaking} aria-hidden="true">
      {first.toUpperCase()}
    </span>
  );
}
