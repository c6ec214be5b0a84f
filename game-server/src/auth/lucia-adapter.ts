import type { Identity, Session, SessionRepository } from '@chatmux/db';
import { ProblemError } from '@chatmux/schema';
import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia';
import { hashSecret } from './hash-secret.ts';

declare module 'lucia' {
  interface Register {
    DatabaseSessionAttributes: Pick<Session, 'device' | 'createdAt' | 'usedAt' | 'confirmedAt'>;
    DatabaseUserAttributes: Omit<Identity, 'id'>;
  }
}

/**
 * Lets lucia keep its sessions in our repository. Lucia's session id is the secret in the cookie; kept is its hash alone, so
 * that a thief of the database is signed in nowhere.
 * @param now wall clock, in milliseconds
 * @param most sessions one identity may have
 * @param onEnded told of those that gave way to a new one
 */
export function luciaAdapter(
  sessions: SessionRepository,
  now: () => number,
  most: number,
  onEnded: (identityId: string, idHashes: readonly string[]) => void,
): Adapter {
  return {
    async getSessionAndUser(secret): Promise<[DatabaseSession | null, DatabaseUser | null]> {
      const found = await sessions.find(hashSecret(secret));
      if (!found) return [null, null];
      const { id, ...attributes } = found.identity;
      return [toLucia(secret, found.session), { id, attributes }];
    },
    // Only their hashes are known: good to be shown, and not to sign in with.
    getUserSessions: async (userId) =>
      (await sessions.of(userId, now())).map((session) => toLucia(session.idHash, session)),
    async setSession({ id, userId, expiresAt, attributes }) {
      const session = {
        idHash: hashSecret(id),
        identityId: userId,
        expiresAt: expiresAt.getTime(),
        ...attributes,
      };
      const ended = await sessions.add(session, most);
      if (!ended) throw new ProblemError('signed-out', 'This identity is not there any more.');
      if (ended.length > 0) onEnded(userId, ended);
    },
    updateSessionExpiration: (secret, expiresAt) => sessions.extend(hashSecret(secret), expiresAt.getTime()),
    deleteSession: async (secret) => {
      await sessions.remove(hashSecret(secret));
    },
    deleteUserSessions: (userId) => sessions.removeAllOf(userId),
    deleteExpiredSessions: async () => {
      await sessions.removeExpired(now());
    },
  };
}

function toLucia(id: string, session: Session): DatabaseSession {
  const { identityId, device, createdAt, usedAt, confirmedAt, expiresAt } = session;
  return {
    id,
    userId: identityId,
    expiresAt: new Date(expiresAt),
    attributes: { device, createdAt, usedAt, confirmedAt },
  };
}
