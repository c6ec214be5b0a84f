import { createHmac, randomBytes } from 'node:crypto';
import type { Deed, Marks, OrderRepository, RoleRank, Sanction } from '@chatmux/db';
import {
  type Deed as DeedName,
  type InviteLook,
  type Order,
  ProblemError,
  ROLE,
  ROLES,
  type Role,
} from '@chatmux/schema';
import { hashSecret } from '../auth/hash-secret.ts';
import { describeOrder } from './describe-order.ts';
import { OrderEvents } from './order-events.ts';
import { ownSanctionsOn, type Standing, standingOf } from './standing.ts';

const HOUR_MS = 3_600_000;
/** How long a mute holds. */
const MUTE_MS = HOUR_MS;
/** How long the link to owning the place holds, which the server makes at its start. */
const OWNER_LINK_MS = 30 * 24 * HOUR_MS;
/** Invites that may be live in a world. */
const MOST_INVITES = 50;
const MOST_LOGGED = 100;
/** All worlds. */
const EVERYWHERE = '';

/** Somebody who is here, and something is done about. */
export interface Target extends Marks {
  readonly name: string;
}

/** Who may what in each world, and what is done about people there. Whoever asks is checked here, whatever way they came. */
export class WorldOrder {
  readonly events = new OrderEvents();
  private readonly repository: OrderRepository;
  private readonly worlds: ReadonlyMap<string, { readonly name: string }>;
  private readonly now: () => number;
  private readonly addressKey: Uint8Array;

  private constructor(
    repository: OrderRepository,
    worlds: ReadonlyMap<string, { readonly name: string }>,
    now: () => number,
    addressKey: Uint8Array,
  ) {
    this.repository = repository;
    this.worlds = worlds;
    this.now = now;
    this.addressKey = addressKey;
  }

  /** @param worlds of this server, by id @param now wall clock, in milliseconds */
  static async open(
    repository: OrderRepository,
    worlds: ReadonlyMap<string, { readonly name: string }>,
    now: () => number,
  ): Promise<WorldOrder> {
    return new WorldOrder(repository, worlds, now, await repository.serverKey('addresses'));
  }

  /** An address as it is kept: of no use to whoever reads the database alone, but for guessing with its key. */
  hashAddress(address: string): string {
    return createHmac('sha256', this.addressKey).update(address).digest('hex');
  }

  /** While nobody owns the place: the secret of a link that makes its bearer the owner. Those made before are void. */
  async ownerSecret(): Promise<string | undefined> {
    await this.repository.revokeServers();
    if (await this.repository.hasOwner()) return undefined;
    const until = this.now() + OWNER_LINK_MS;
    return this.makeInvite({ worldId: EVERYWHERE, role: ROLE.owner, uses: 1, until, by: undefined });
  }

  /** What somebody is in a world, and what holds against them there. */
  standing(worldId: string, marks: Marks): Promise<Standing> {
    return standingOf(this.repository, { id: worldId, name: this.nameOf(worldId) }, marks, this.now());
  }

  /** @throws ProblemError `not-yours` */
  async putOut(worldId: string, by: string | undefined, target: Target): Promise<void> {
    await this.checkAbove(worldId, by, target);
    await this.write(worldId, 'put-out', by, onTarget(target));
  }

  /** @param hours undefined: for good @throws ProblemError `not-yours` or `not-found` */
  async ban(
    worldId: string,
    by: string | undefined,
    target: Target,
    hours: number | undefined,
  ): Promise<void> {
    await this.sanction(worldId, 'ban', by, target, hours === undefined ? undefined : hours * HOUR_MS);
    await this.write(worldId, 'ban', by, { ...onTarget(target), hours });
    this.events.emit('sanction', worldId, target);
  }

  /** @throws ProblemError `not-yours` or `not-found` */
  async mute(worldId: string, by: string | undefined, target: Target): Promise<void> {
    await this.sanction(worldId, 'mute', by, target, MUTE_MS);
    await this.write(worldId, 'mute', by, onTarget(target));
    this.events.emit('sanction', worldId, target);
  }

  /** @throws ProblemError `not-yours` or `not-found` */
  async unmute(worldId: string, by: string | undefined, target: Target): Promise<void> {
    await this.checkAbove(worldId, by, target);
    const own = await ownSanctionsOn(this.repository, worldId, target, this.now());
    const mutes = own.filter(({ what }) => what === 'mute');
    for (const { id } of mutes) await this.repository.lift(worldId, id);
    if (mutes.length === 0) throw new ProblemError('not-found', 'They are not muted any more.');
    await this.write(worldId, 'unmute', by, onTarget(target));
    this.events.emit('sanction', worldId, target);
  }

  /** @throws ProblemError `not-yours` or `not-found` */
  async lift(worldId: string, by: string, id: number): Promise<void> {
    await this.check(worldId, by, ROLE.moderator);
    const lifted = await this.repository.lift(worldId, id);
    if (!lifted) throw new ProblemError('not-found', 'That does not hold any more.');
    const deed = lifted.what === 'mute' ? 'unmute' : 'lift';
    await this.write(worldId, deed, by, onTarget(lifted));
    this.events.emit('sanction', worldId, lifted);
  }

  /** @throws ProblemError `not-yours`, `not-found`, or `last-one` */
  async appoint(worldId: string, by: string, id: string, role: Role): Promise<void> {
    await this.check(worldId, by, ROLE.owner);
    if (id === by) throw new ProblemError('not-yours', 'Another owner has to change what you are.');
    if ((await this.repository.roleOf(EVERYWHERE, id)) > 0)
      throw new ProblemError('not-yours', 'Whoever owns all worlds can’t be given a role in one of them.');
    const result = await this.repository.setRole(worldId, id, ROLE[role], by, this.now());
    if (result === 'nobody') throw new ProblemError('not-found', 'They have no identity here any more.');
    if (result === 'last-one')
      throw new ProblemError(
        'last-one',
        'Nobody would own this world any more. Make somebody else its owner first.',
      );
    await this.write(worldId, 'appoint', by, { of: id, role: ROLE[role] });
    this.events.emit('role', worldId, id);
  }

  /** @throws ProblemError `not-yours` */
  async lock(worldId: string, by: string, locked: boolean): Promise<void> {
    await this.check(worldId, by, ROLE.moderator);
    if (!(await this.repository.setLocked(worldId, locked, by, this.now()))) return;
    await this.write(worldId, locked ? 'lock' : 'unlock', by, {});
  }

  /** @returns the secret of its link @throws ProblemError `not-yours` or `too-many` */
  async invite(
    worldId: string,
    by: string,
    asked: { readonly role: Exclude<Role, 'guest'>; readonly uses: number; readonly hours: number },
  ): Promise<string> {
    const { uses, hours } = asked;
    const role = ROLE[asked.role];
    await this.check(worldId, by, role > ROLE.member ? ROLE.owner : ROLE.moderator);
    const secret = await this.makeInvite({ worldId, role, uses, until: this.now() + hours * HOUR_MS, by });
    await this.write(worldId, 'invite', by, { role });
    return secret;
  }

  /** @throws ProblemError `not-yours` or `not-found` */
  async revoke(worldId: string, by: string, id: string): Promise<void> {
    await this.check(worldId, by, ROLE.moderator);
    const invite = (await this.repository.invites(worldId, this.now())).find((one) => one.id === id);
    if (invite && invite.role > ROLE.member) await this.check(worldId, by, ROLE.owner);
    if (!invite || !(await this.repository.revoke(worldId, id)))
      throw new ProblemError('not-found', 'This invite is over.');
    await this.write(worldId, 'revoke', by, { role: invite.role });
  }

  /** What an invite is to. @throws ProblemError `not-found` */
  async lookAt(secret: string): Promise<InviteLook> {
    const invite = await this.repository.findInvite(hashSecret(secret), this.now());
    if (!invite) throw inviteIsOver();
    const { worldId, role, by } = invite;
    return {
      world: worldId,
      ...(worldId !== EVERYWHERE && { name: this.nameOf(worldId) }),
      role: ROLES[role],
      ...(by !== undefined && { by }),
    };
  }

  /** @throws ProblemError `not-found` or `stale` */
  async accept(secret: string, identityId: string): Promise<{ world: string; role: Role }> {
    const invite = await this.repository.accept(hashSecret(secret), identityId, this.now());
    if (invite === 'already') throw new ProblemError('stale', 'You are as much there already, or more.');
    if (invite === 'over' || invite === 'nobody') throw inviteIsOver();
    const { worldId, role } = invite;
    await this.write(worldId, 'accept', identityId, { role });
    this.events.emit('role', worldId, identityId);
    return { world: worldId, role: ROLES[role] };
  }

  /** How a world is kept in order, for who keeps it. @throws ProblemError `not-yours` */
  async describe(worldId: string, by: string): Promise<Order> {
    const role = await this.check(worldId, by, ROLE.moderator);
    const now = this.now();
    const [locked, people, sanctions, invites, log] = await Promise.all([
      this.repository.isLocked(worldId),
      this.repository.roles(worldId),
      this.repository.sanctions(worldId, now),
      this.repository.invites(worldId, now),
      this.repository.log(worldId, MOST_LOGGED),
    ]);
    return describeOrder({ role, locked, people, sanctions, invites, log });
  }

  /** All that is kept of somebody here. */
  allOf(identityId: string): ReturnType<OrderRepository['allOf']> {
    return this.repository.allOf(identityId);
  }

  /** Deletes what is over. */
  tidy(): Promise<void> {
    return this.repository.tidy(this.now());
  }

  private async makeInvite(invite: {
    worldId: string;
    role: RoleRank;
    uses: number;
    until: number;
    by: string | undefined;
  }): Promise<string> {
    const secret = randomBytes(16).toString('base64url');
    const id = randomBytes(8).toString('base64url');
    const made = { ...invite, id, secretHash: hashSecret(secret) };
    if (!(await this.repository.addInvite(made, MOST_INVITES, this.now())))
      throw new ProblemError('too-many', `There are ${MOST_INVITES} invites that hold. Revoke some first.`);
    return secret;
  }

  private async sanction(
    worldId: string,
    what: Sanction['what'],
    by: string | undefined,
    target: Target,
    ms: number | undefined,
  ): Promise<void> {
    const maker = await this.checkAbove(worldId, by, target);
    const now = this.now();
    const { identityId, guestHash, addressHash, name } = target;
    const until = ms === undefined ? undefined : now + ms;
    const sanction = { worldId, what, identityId, guestHash, addressHash, name, until, by: maker };
    if ((await this.repository.addSanction(sanction, now)) === undefined)
      throw new ProblemError('not-found', 'They have no identity here any more.');
  }

  /** @returns who asks @throws ProblemError `not-yours` unless they are more than whom it is about */
  private async checkAbove(
    worldId: string,
    by: string | undefined,
    { identityId }: Pick<Marks, 'identityId'>,
  ): Promise<string> {
    const mine = await this.check(worldId, by, ROLE.moderator);
    const theirs = identityId === undefined ? 0 : await this.repository.roleOf(worldId, identityId);
    if (theirs >= mine) throw new ProblemError('not-yours', 'They are as much here as you are, or more.');
    return by as string;
  }

  /** @throws ProblemError `not-found` for a world that isn't there, `not-yours` */
  private async check(worldId: string, by: string | undefined, least: RoleRank): Promise<RoleRank> {
    if (!this.worlds.has(worldId)) throw new ProblemError('not-found', 'There is no such world.');
    const role = by === undefined ? 0 : await this.repository.roleOf(worldId, by);
    if (role >= least) return role;
    throw new ProblemError(
      'not-yours',
      least === ROLE.owner
        ? 'Only owners of this world may do that.'
        : 'Only moderators and owners of this world may do that.',
    );
  }

  private write(
    worldId: string,
    deed: DeedName,
    by: string | undefined,
    more: Omit<Deed, 'worldId' | 'deed' | 'by'>,
  ): Promise<void> {
    return this.repository.write({ worldId, deed, by, ...more }, this.now());
  }

  private nameOf(worldId: string): string {
    return this.worlds.get(worldId)?.name ?? 'This world';
  }
}

const onTarget = ({ identityId, name }: Pick<Target, 'identityId' | 'name'>) => ({
  of: identityId,
  ofName: name,
});

const inviteIsOver = () =>
  new ProblemError('not-found', 'This invite is over: it was used up, taken back, or its time has passed.');
