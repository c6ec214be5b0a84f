import {
  type Look,
  PROTOCOL_VERSION,
  ProblemError,
  SIGNED_OUT_CODE,
  type SocialMessages,
  socialJoinSchema,
  socialMessages,
  TOO_MANY_PAGES,
  toProblem,
} from '@chatmux/schema';
import { type Client, Room } from '@colyseus/core';
import { z } from 'zod';
import type { SignedOut } from '../auth/account-events.ts';
import type { Visitor } from '../auth/accounts.ts';
import type { Friends } from '../friends/friends.ts';
import type { Identities } from './room-identities.ts';

/** Pages one identity may have open. */
const MOST_PAGES = 30;
/** Changes are told together, in milliseconds; at most so many lists at once, so that nobody else waits for them. */
const TELL_MS = 50;
const MOST_LISTS = 20;
/** Friends are told of somebody at most so often, in milliseconds: it may be a thousand who hear it. */
const MOVED_MS = 1000;

export interface SocialRoomDeps {
  readonly identities: Identities;
  readonly friends: Friends;
  readonly log: { error(text: string, error?: unknown): void };
}

/** Makes the room through which pages hear of friends, in whatever world they are, or in none. */
export function createSocialRoom({ identities, friends, log }: SocialRoomDeps) {
  return class SocialRoom extends Room {
    override maxMessagesPerSecond = 5;
    /** Pages by identity. */
    private readonly pages = new Map<string, Map<Client, Visitor>>();
    /** Whose lists are to be told anew. */
    private readonly untold = new Set<string>();
    /** Of whom their friends are to be told, with how they look where that is new. */
    private readonly moved = new Map<string, Look | undefined>();
    /** When that was last done: who comes and goes all the time is told of once in a while. */
    private readonly movedMs = new Map<string, number>();

    /** @throws ProblemError `bad-version`, `bad-message` or `stale` */
    static override async onAuth(_token: string, options: unknown): Promise<Visitor> {
      const version = z.object({ version: z.number() }).safeParse(options);
      if (version.success && version.data.version !== PROTOCOL_VERSION)
        throw new ProblemError(
          'bad-version',
          'This page is older or newer than the server. Please load it again.',
        );
      const join = socialJoinSchema.safeParse(options);
      if (!join.success) throw new ProblemError('bad-message', z.prettifyError(join.error));
      const visitor = await identities.redeem(join.data.ticket);
      if (!visitor)
        throw new ProblemError('stale', 'This ticket was used, or is over. Please ask for another.');
      if (friends.whereabouts.pagesOf(visitor.identity.id) >= MOST_PAGES)
        throw new ProblemError('too-many', TOO_MANY_PAGES.words);
      return visitor;
    }

    override onCreate(): void {
      identities.events.on('signed-out', this.signedOut);
      friends.events.on('changed', this.changed);
      friends.whereabouts.on('changed', this.moves);
      identities.events.on('look', this.looks);
      this.clock.setInterval(() => void this.tellAll(), TELL_MS);
      this.onMessage('presence', (client, data: unknown) => this.sits(client, data));
      this.onMessage('*', (client) =>
        client.send('problem', { code: 'unknown-message', message: 'The server knows no such message.' }),
      );
    }

    override async onJoin(client: Client, _options: unknown, visitor: Visitor): Promise<void> {
      const { id } = visitor.identity;
      this.pages.set(id, (this.pages.get(id) ?? new Map()).set(client, visitor));
      const { shows } = visitor.identity;
      friends.whereabouts.sits(id, client.sessionId, { away: false, busy: false }, shows);
      this.untold.add(id);
      // Many may have been let in at once.
      if (friends.whereabouts.pagesOf(id) > MOST_PAGES) client.leave(TOO_MANY_PAGES.code);
      // They may have signed out since they were let in.
      const owner = await identities.sessions.ownerOf(visitor.idHash);
      if (owner) friends.whereabouts.show(id, owner.shows);
      else client.leave(SIGNED_OUT_CODE);
    }

    override onLeave(client: Client): void {
      for (const [id, pages] of this.pages) {
        if (!pages.delete(client)) continue;
        if (pages.size === 0) this.pages.delete(id);
        friends.whereabouts.closed(id, client.sessionId);
      }
    }

    override onDispose(): void {
      identities.events.off('signed-out', this.signedOut);
      friends.events.off('changed', this.changed);
      friends.whereabouts.off('changed', this.moves);
      identities.events.off('look', this.looks);
    }

    override onUncaughtException(error: Error, where: string): void {
      log.error(`social room ${this.roomId}: ${where} failed`, error.cause ?? error);
    }

    private sits(client: Client, data: unknown): void {
      const { id } = (client.auth as Visitor).identity;
      if (!this.pages.get(id)?.has(client)) return;
      try {
        friends.whereabouts.sits(id, client.sessionId, socialMessages.presence.parse(data));
      } catch (error) {
        client.send('problem', toProblem(error, 'presence'));
      }
    }

    private readonly signedOut = ({ identityId, isOver }: SignedOut): void => {
      for (const [client, { idHash }] of this.pages.get(identityId) ?? [])
        if (isOver(idHash)) client.leave(SIGNED_OUT_CODE);
    };

    private readonly changed = (id: string): void => {
      if (this.pages.has(id)) this.untold.add(id);
    };

    private readonly moves = (id: string): void => {
      this.moved.set(id, this.moved.get(id));
    };

    private readonly looks = (id: string, look: Look): void => {
      this.moved.set(id, look);
    };

    private async tellAll(): Promise<void> {
      const lists = [...this.untold].slice(0, MOST_LISTS);
      for (const id of lists) this.untold.delete(id);
      const now = performance.now();
      for (const [id, atMs] of this.movedMs) if (now - atMs >= MOVED_MS) this.movedMs.delete(id);
      const moved = [...this.moved].filter(([id]) => !this.movedMs.has(id));
      for (const [id] of moved) {
        this.moved.delete(id);
        this.movedMs.set(id, now);
      }
      for (const id of lists)
        await this.telling(
          async () => this.tell(id, 'friends', await friends.of(id)),
          () => this.untold.add(id),
        );
      for (const [id, look] of moved)
        await this.telling(
          async () => {
            const ids = await friends.idsOf(id);
            const message = { id, ...friends.whereabouts.of(id), ...look };
            for (const friend of ids) this.tell(friend, 'presence', message);
          },
          () => this.moved.set(id, this.moved.get(id) ?? look),
        );
    }

    /** What fails now is told a second later, and keeps nobody else from hearing theirs. */
    private async telling(work: () => Promise<void>, again: () => void): Promise<void> {
      try {
        await work();
      } catch (error) {
        log.error('somebody was not told of their friends', error);
        this.clock.setTimeout(again, MOVED_MS);
      }
    }

    private tell<T extends keyof SocialMessages>(id: string, type: T, message: SocialMessages[T]): void {
      for (const client of this.pages.get(id)?.keys() ?? []) client.send(type, message);
    }
  };
}
