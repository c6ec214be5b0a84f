import type { AccountKeeper } from '../account/account.ts';
import { store } from '../store/store.ts';

/** When the room still shows somebody else than we are, it is told again. */
const AGAIN_MS = 5_000;

/** Tells the room who we are, and again whenever that changes: one signs in and out where one stands. */
export class RoomIdentity {
  private readonly send: (ticket: string | null) => void;
  private readonly account: Pick<AccountKeeper, 'ticket' | 'load'>;
  private readonly unsubscribe: () => void;
  /** Who the room was told that we are; undefined for a guest. */
  private told: string | undefined;
  /** Before that we are nobody there. */
  private isThere = false;
  private turn = 0;
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (ticket: string | null) => void, account: Pick<AccountKeeper, 'ticket' | 'load'>) {
    this.send = send;
    this.account = account;
    this.unsubscribe = store.subscribe((state, before) => {
      if (state.account.account?.id !== before.account.account?.id) void this.tell();
      if (state.people !== before.people && state.me === before.me) {
        const [now, was] = [state, before].map(({ people, me }) => people[me ?? 0]?.identity);
        // The room takes it back when our session has ended elsewhere: the account has to hear of that, too.
        if (this.told !== undefined && was === this.told && now === '') void this.takenBack();
      }
    });
  }

  /** A seat is ours, of which nobody knows yet who sits there. */
  welcome(): void {
    this.isThere = true;
    this.told = undefined;
    void this.tell();
  }

  close(): void {
    this.unsubscribe();
    this.turn += 1;
    clearTimeout(this.again);
  }

  private async tell(): Promise<void> {
    const id = store.getState().account.account?.id;
    if (!this.isThere) return;
    this.turn += 1;
    const { turn } = this;
    clearTimeout(this.again);
    if (id === this.told) return;
    if (id === undefined) {
      this.told = undefined;
      this.send(null);
      return;
    }
    const ticket = await this.account.ticket();
    if (turn !== this.turn) return;
    if (ticket !== undefined) {
      this.told = id;
      this.send(ticket);
    }
    this.again = setTimeout(() => {
      const { people, me } = store.getState();
      if (people[me ?? 0]?.identity === id) return;
      this.told = undefined;
      void this.tell();
    }, AGAIN_MS);
  }

  private async takenBack(): Promise<void> {
    this.told = undefined;
    await this.account.load();
    // Somebody still: then it was said of another seat of ours, or we have signed in anew.
    void this.tell();
  }
}
