import type { Invite, LoggedDeed, RoleHolder, RoleRank, Sanction } from '@chatmux/db';
import { type Deed, type Order, ROLES } from '@chatmux/schema';

interface Kept {
  readonly role: RoleRank;
  readonly locked: boolean;
  readonly people: readonly RoleHolder[];
  readonly sanctions: readonly Sanction[];
  readonly invites: readonly Invite[];
  readonly log: readonly LoggedDeed[];
}

const byOf = (by: string | undefined) => (by === undefined ? {} : { by });

/** What is kept of a world's order as its keepers are told it: no hash and no address among it. */
export function describeOrder({ role, locked, people, sanctions, invites, log }: Kept): Order {
  return {
    role: ROLES[role],
    locked,
    people: people.map(({ identity: { id, name, colour }, role: held, everywhere }) => ({
      id,
      name,
      colour,
      role: ROLES[held],
      everywhere,
    })),
    sanctions: sanctions.map(({ id, what, name, identityId, since, until, by }) => ({
      id,
      what,
      name,
      isGuest: identityId === undefined,
      since,
      until: until ?? null,
      ...byOf(by),
    })),
    invites: invites.map(({ id, role: held, uses, used, until, by }) => ({
      id,
      role: ROLES[held],
      uses,
      used,
      until,
      ...byOf(by),
    })),
    log: log.map(({ id, at, deed, by, of, role: held, hours }) => ({
      id,
      at,
      deed: deed as Deed,
      ...byOf(by),
      ...(of !== undefined && { of }),
      ...(held !== undefined && { role: ROLES[held] }),
      ...(deed === 'ban' && { hours: hours ?? null }),
    })),
  };
}
