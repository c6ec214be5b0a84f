import { type Client, type Deferred, Room } from '@colyseus/core';
import type { JoinTicket } from '../../rooms/admit-guest.ts';
import type { AskedRoom } from '../../rooms/ask-room.ts';
import { type PlaceAsker, Places } from '../../rooms/places.ts';
import type { CopyMetadata } from '../../rooms/world-copies.ts';

/** People in one copy of the tests. */
export const CAPACITY = 10;

/** The smallest room that is a copy of a world: it counts its places, keeps seats, and says where one is. */
export class CopyRoom
  extends Room<{ metadata: CopyMetadata }>
  implements Pick<AskedRoom, 'keepsSeatFor' | 'promisePlace'>
{
  private readonly places = new Places(CAPACITY, 16_000);
  /** Guests by their connection; `undefined` stands for a seat that is kept. */
  private readonly guests = new Map<string, string | undefined>();

  private readonly waiting = new Map<string, Deferred>();

  override onCreate({ world, copy }: CopyMetadata): void {
    this.metadata = { world, copy };
  }

  keepsSeatFor(guestHash: string): boolean {
    return this.guests.has(guestHash) && this.guests.get(guestHash) === undefined;
  }

  promisePlace(asker: PlaceAsker) {
    const seats = { count: this.guests.size, keeps: (hash: string) => this.keepsSeatFor(hash) };
    return this.places.promise(asker, seats, Date.now());
  }

  override onJoin(client: Client, _options: unknown, ticket: JoinTicket): void {
    this.places.arrived(client.sessionId);
    this.waiting.get(ticket.guestHash)?.reject(new Error('another connection took the seat'));
    this.guests.set(ticket.guestHash, client.sessionId);
    this.onMessage('*', () => undefined);
    const { world, copy } = this.metadata;
    client.send('welcome', { world, copy, overflow: ticket.overflow, guests: this.guests.size });
  }

  override onDrop(client: Client): void {
    for (const [hash, session] of this.guests) {
      if (session !== client.sessionId) continue;
      this.guests.set(hash, undefined);
      const waiting = this.allowReconnection(client, 60);
      this.waiting.set(hash, waiting);
      waiting.catch(() => this.waiting.delete(hash));
    }
  }

  override onLeave(client: Client): void {
    for (const [hash, session] of this.guests) if (session === client.sessionId) this.guests.delete(hash);
  }

  override onUncaughtException(error: Error): void {
    throw error;
  }
}
