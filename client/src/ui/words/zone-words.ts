import { QUIET_EDGE_METRES } from '@chatmux/engine';
import type { ZoneView } from '../../store/types.ts';

/** What a place does with voices. */
const meanings: Record<ZoneView['kind'], string> = {
  room: 'everyone inside hears each other, and nobody outside does',
  stage: 'everyone in the hall hears you',
  hall: 'you hear whoever is on the stage',
  quiet: `voices carry ${QUIET_EDGE_METRES} m only`,
  portal: 'step in to go on',
};

/** The sentence for somebody who just came into a zone. */
export function zoneSentence({ kind, name }: ZoneView): string {
  return `${name}: ${meanings[kind]}.`;
}
