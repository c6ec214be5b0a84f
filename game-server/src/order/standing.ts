import type { Marks, OrderRepository, RoleRank } from '@chatmux/db';
import { ROLE } from '@chatmux/schema';
import { addressWords, banWords, lockWords } from './refusals.ts';

/** Nobody comes from there, and nobody's browser is known by it. */
const NONE = '0'.repeat(64);

/** What holds against somebody who is here, or comes. */
export interface Standing {
  readonly role: RoleRank;
  /** Why they may not be here, in words. */
  readonly refusal: string | undefined;
  /** When their mute ends, in milliseconds since 1970. */
  readonly mutedUntil: number | undefined;
}

/** What holds against somebody themselves, and not because of where they come from. */
export const ownSanctionsOn = (
  repository: Pick<OrderRepository, 'sanctionsOn'>,
  worldId: string,
  marks: Marks,
  now: number,
) => repository.sanctionsOn(worldId, { ...marks, addressHash: NONE }, now);

/**
 * What somebody is in a world, and what holds against them there. Who keeps order is met by what was done to them as who
 * they are, which only somebody above them can do, and by nothing else: not by what a guest did in the same browser.
 */
export async function standingOf(
  repository: Pick<OrderRepository, 'roleOf' | 'sanctionsOn' | 'isLocked'>,
  world: { readonly id: string; readonly name: string },
  marks: Marks,
  now: number,
): Promise<Standing> {
  const { identityId } = marks;
  const role = identityId === undefined ? 0 : await repository.roleOf(world.id, identityId);
  const keeps = role >= ROLE.moderator;
  const [own, locked] = await Promise.all([
    ownSanctionsOn(repository, world.id, keeps ? { ...marks, guestHash: NONE } : marks, now),
    repository.isLocked(world.id),
  ]);
  const [ban, mute] = (['ban', 'mute'] as const).map((kind) => own.find(({ what }) => what === kind));
  const mutedUntil = mute && (mute.until ?? Number.POSITIVE_INFINITY);
  if (ban) return { role, refusal: banWords(world.name, ban.until, now), mutedUntil };
  const around = identityId === undefined ? await repository.sanctionsOn(world.id, marks, now) : [];
  if (around.some(({ what }) => what === 'ban'))
    return { role, refusal: addressWords(world.name), mutedUntil };
  const refusal = locked && role < ROLE.member ? lockWords(world.name) : undefined;
  return { role, refusal, mutedUntil };
}
