import type { Marks, RoleRank } from '@chatmux/db';
import { moderateSchema, ProblemError, PUT_OUT_CODE, ROLE } from '@chatmux/schema';
import type { WorldEngine } from '../engine/world-engine.ts';
import type { WorldOrder } from '../order/world-order.ts';
import type { Outbox } from './outbox.ts';
import type { Seat, Seats } from './seats.ts';

/** What a room needs of how its world is kept in order. */
export type RoomKeeper = Pick<WorldOrder, 'events' | 'standing' | 'putOut' | 'ban' | 'mute' | 'unmute'>;

interface Parts {
  readonly seats: Seats;
  readonly engine: Pick<WorldEngine, 'enqueue' | 'world'>;
  readonly outbox: Pick<Outbox, 'tell'>;
  readonly worldId: string;
  readonly now: () => number;
  /** They leave, and nothing is kept for them. */
  letGo(seat: Seat): Promise<void>;
  failed(error: unknown): void;
}

const PUT_OUT = 'A moderator has put you out. You can come in again.';

/** How order is kept in one room: roles, mutes and bans reach whoever sits here, whatever way they were made. */
export class RoomOrder {
  private readonly order: RoomKeeper;
  private readonly parts: Parts;

  constructor(order: RoomKeeper, parts: Parts) {
    this.order = order;
    this.parts = parts;
    order.events.on('role', this.roleChanged);
    order.events.on('sanction', this.sanctioned);
  }

  close(): void {
    this.order.events.off('role', this.roleChanged);
    this.order.events.off('sanction', this.sanctioned);
  }

  /** They have just come, and the join route let them in: as whom, their page says next. Mutes hold from the first word. */
  async admitted(seat: Seat): Promise<void> {
    try {
      const { mutedUntil } = await this.order.standing(this.parts.worldId, marksOf(seat));
      this.apply(seat, 0, mutedUntil);
    } catch (error) {
      this.parts.failed(error);
    }
  }

  /**
   * It is known anew who sits there: what they are here, and what holds against them, is looked up. Who may not be here
   * leaves.
   */
  async settle(seat: Seat): Promise<void> {
    const { seats, worldId } = this.parts;
    const marks = marksOf(seat);
    const { role, refusal, mutedUntil } = await this.order.standing(worldId, marks);
    // They may have left, or be somebody else by now: that is looked up for itself.
    if (seats.ofPerson(seat.id) !== seat || seat.signedIn?.identityId !== marks.identityId) return;
    if (refusal !== undefined) {
      await this.putOut(seat, refusal);
      return;
    }
    this.apply(seat, role, mutedUntil);
  }

  /**
   * What a moderator does about somebody here.
   * @throws ZodError on another shape, ProblemError `not-found` or `not-yours`
   */
  async moderate(seat: Seat, data: unknown): Promise<void> {
    const message = moderateSchema.parse(data);
    const { seats, engine, worldId } = this.parts;
    const other = seats.ofPerson(message.id);
    const name = engine.world.people.get(message.id)?.name;
    if (!other || name === undefined) throw new ProblemError('not-found', 'They are not here any more.');
    const by = seat.signedIn?.identityId;
    const target = { ...marksOf(other), name };
    switch (message.do) {
      case 'put-out':
        await this.order.putOut(worldId, by, target);
        // All their tabs here: who is put out is not still there.
        for (const one of this.sameAs(target))
          if (one === other || !this.keepsOrder(one)) await this.putOut(one, PUT_OUT);
        return;
      case 'ban':
        return this.order.ban(worldId, by, target, message.hours ?? undefined);
      case 'mute':
        return this.order.mute(worldId, by, target);
      case 'unmute':
        return this.order.unmute(worldId, by, target);
    }
  }

  /** Mutes end by themselves. Called once in a while. */
  freeMuted(): void {
    const { seats, engine, now } = this.parts;
    for (const seat of seats.all()) {
      if (seat.mutedUntil === undefined || seat.mutedUntil > now()) continue;
      seat.mutedUntil = undefined;
      engine.enqueue({ type: 'mute', id: seat.id, on: false });
    }
  }

  private apply(seat: Seat, role: RoleRank, mutedUntil: number | undefined): void {
    const { seats, engine } = this.parts;
    if (seats.ofPerson(seat.id) !== seat) return;
    seat.mutedUntil = mutedUntil;
    engine.enqueue({ type: 'role', id: seat.id, role });
    engine.enqueue({ type: 'mute', id: seat.id, on: mutedUntil !== undefined });
  }

  private async putOut(seat: Seat, words: string): Promise<void> {
    const { client, id } = seat;
    this.parts.outbox.tell(id, 'put-out', { words });
    await this.parts.letGo(seat);
    client?.leave(PUT_OUT_CODE);
  }

  private keepsOrder({ id }: Seat): boolean {
    return (this.parts.engine.world.people.get(id)?.role ?? 0) >= ROLE.moderator;
  }

  private sameAs({ identityId, guestHash }: Pick<Marks, 'identityId' | 'guestHash'>): Seat[] {
    return [...this.parts.seats.all()].filter(
      (seat) =>
        seat.guestHash === guestHash ||
        (identityId !== undefined && seat.signedIn?.identityId === identityId),
    );
  }

  private readonly roleChanged = (worldId: string, identityId: string): void => {
    if (worldId !== '' && worldId !== this.parts.worldId) return;
    for (const seat of this.parts.seats.ofIdentity(identityId)) this.settleLater(seat);
  };

  /** Whoever only comes from the same address stays: they are asked when they come again. */
  private readonly sanctioned = (worldId: string, known: Pick<Marks, 'identityId' | 'guestHash'>): void => {
    if (worldId !== this.parts.worldId) return;
    for (const seat of this.sameAs(known)) this.settleLater(seat);
  };

  private settleLater(seat: Seat): void {
    this.settle(seat).catch((error: unknown) => this.parts.failed(error));
  }
}

const marksOf = ({ signedIn, guestHash, addressHash }: Seat): Marks => ({
  identityId: signedIn?.identityId,
  guestHash,
  addressHash,
});
