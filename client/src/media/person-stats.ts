import type { PersonId } from '@chatmux/schema';
import { type InboundStats, inboundOf } from './inbound-stats.ts';
import type { Person } from './people.ts';

/** What was received of one person, by kind; a kind that never came is missing. */
export interface PersonStats {
  id: PersonId;
  audio?: InboundStats;
  video?: InboundStats;
  screen?: InboundStats;
  screenAudio?: InboundStats;
}

/** Everything received of a person until now. */
export async function statsOf(person: Person): Promise<PersonStats> {
  const [audio, video, screen, screenAudio] = await Promise.all([
    person.audio?.receiver?.getStats(),
    person.video?.receiver?.getStats(),
    person.screen?.receiver?.getStats(),
    person.screenAudio?.receiver?.getStats(),
  ]);
  return {
    id: person.id,
    ...(audio ? { audio: inboundOf(entriesOf(audio)) } : {}),
    ...(video ? { video: inboundOf(entriesOf(video)) } : {}),
    ...(screen ? { screen: inboundOf(entriesOf(screen)) } : {}),
    ...(screenAudio ? { screenAudio: inboundOf(entriesOf(screenAudio)) } : {}),
  };
}

function entriesOf(report: RTCStatsReport): [string, unknown][] {
  return [...report.entries()];
}
