import { JOIN_METRES } from '@chatmux/engine';
import { type Link, pairKey } from '../world/grouping.ts';
import { CROWDED_TIES, CROWDED_TURN_TICKS, TIE_CAP } from './circle-rules.ts';
import {
  ALONE,
  addTie,
  distanceSquared,
  type GroupIndex,
  type GroupWorld,
  otherEnd,
  type Standing,
} from './group-index.ts';
import { NearestFirst } from './group-nearest.ts';
import { fits, haveRoom, waitsOf } from './group-room.ts';

/** Scratch, and empty between ticks: pairs that might begin a link. */
const candidates = new NearestFirst<Standing>(JOIN_METRES);

/**
 * [GP1, GP13] Begins links between those who are near each other and have room, the nearest pairs first.
 *
 * A pair in which somebody has many ties begins when it is that one’s turn. Of any other pair one has moved or has just
 * lost ties, for else it would have begun before: there is room for whoever has few ties. So nobody else need search.
 */
export function meetNeighbours(world: GroupWorld, index: GroupIndex, moved: readonly Standing[]): void {
  const { grouping } = world;
  index.look += 1;
  for (const standing of findSearchers(world, index, moved)) search(world, index, standing);
  const met: Link[] = [];
  candidates.take(
    (one, two) => haveRoom(grouping, index, one, two),
    (one, two) => met.push(begin(world, index, one, two)),
  );
  // In an order that says nothing of the order in which people were looked at.
  met.sort((one, two) => one.a - two.a || one.b - two.b);
  for (const link of met) grouping.links.set(pairKey(link.a, link.b), link);
}

const isCrowded = ({ ties }: Standing) => ties.length >= CROWDED_TIES;

function findSearchers({ tick }: GroupWorld, index: GroupIndex, moved: readonly Standing[]): Standing[] {
  const searchers: Standing[] = [];
  const add = (standing: Standing) => {
    if (standing.searchedIn === tick || standing.area === ALONE) return;
    standing.searchedIn = tick;
    searchers.push(standing);
  };
  for (const standing of moved) if (!isCrowded(standing)) add(standing);
  for (const standing of index.crowded)
    if (!isCrowded(standing)) {
      index.crowded.delete(standing);
      add(standing);
    } else if (standing.ties.length < TIE_CAP && (tick + standing.id) % CROWDED_TURN_TICKS === 0)
      add(standing);
  return searchers;
}

function search(world: GroupWorld, index: GroupIndex, standing: Standing): void {
  const { around } = index;
  const crowded = isCrowded(standing);
  index.mark += 1;
  standing.mark = index.mark;
  for (const tie of standing.ties) otherEnd(tie, standing).mark = index.mark;
  index.grid.find(standing.row, JOIN_METRES, around);
  // Taken out one by one: to set its length would cost more than the search.
  for (let other = around.pop(); other; other = around.pop()) {
    if (other.mark === index.mark || other.area !== standing.area) continue;
    const theirs = isCrowded(other);
    if (theirs && !crowded) continue;
    // Where both search, one finds the pair.
    if (theirs === crowded && other.searchedIn === world.tick && other.id < standing.id) continue;
    if (!haveRoom(world.grouping, index, standing, other)) continue;
    const [one, two] = standing.id < other.id ? [standing, other] : [other, standing];
    candidates.add(one, two, distanceSquared(one, two));
  }
}

function begin(world: GroupWorld, index: GroupIndex, one: Standing, two: Standing): Link {
  const { grouping } = world;
  const link: Link = { a: one.id, b: two.id, since: world.tick, linked: false, apartSince: -1 };
  // Counted before the tie is there, so that both counts hold.
  const more = fits(grouping, index, one, two) ? 0 : 1;
  for (const end of [one, two]) end.waits = waitsOf(grouping, index, end) + more;
  addTie(index, link, one, two);
  return link;
}
