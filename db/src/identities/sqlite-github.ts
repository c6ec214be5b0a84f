import type { Kysely } from 'kysely';
import { checkLook, checkTime } from '../checks.ts';
import { plainName } from '../plain-name.ts';
import type { Schema } from '../schema.ts';
import type { GithubAccount, GithubRepository } from './github-repository.ts';
import { isThere, signsInByGithub, toIdentity } from './sqlite-identities.ts';

/** Accounts at GitHub in the database. What takes more than one statement is one transaction. */
export function sqliteGithub(db: Kysely<Schema>): GithubRepository {
  return {
    async used(account, now) {
      checkAccount(account, now);
      const row = await db
        .updateTable('github_accounts')
        .set({ login: account.login, used_at: now })
        .where('host', '=', account.host)
        .where('github_id', '=', account.githubId)
        .returning('identity_id')
        .executeTakeFirst();
      return row?.identity_id;
    },

    async create({ id, name, colour }, account, now) {
      checkLook({ name, colour });
      checkAccount(account, now);
      return db.transaction().execute(async (all) => {
        if (await ownerOf(all, account)) return undefined;
        const row = await all
          .insertInto('identities')
          .values({ id, name, plain_name: plainName(name), colour, created_at: now, seen_at: now })
          .returningAll()
          .executeTakeFirstOrThrow();
        await all
          .insertInto('github_accounts')
          .values(rowOf(id, account, now))
          .execute();
        return toIdentity(row);
      });
    },

    async link(identityId, account, now) {
      checkAccount(account, now);
      return db.transaction().execute(async (all) => {
        if (!(await isThere(all, identityId))) return 'nobody';
        const owner = await ownerOf(all, account);
        if (owner !== undefined) return owner === identityId ? 'linked' : 'taken';
        const { numInsertedOrUpdatedRows = 0n } = await all
          .insertInto('github_accounts')
          .values(rowOf(identityId, account, now))
          .onConflict((conflict) => conflict.column('identity_id').doNothing())
          .executeTakeFirst();
        return numInsertedOrUpdatedRows > 0n ? 'linked' : 'has-one';
      });
    },

    async unlink(identityId) {
      return db.transaction().execute(async (all) => {
        if (!(await signsInByGithub(all, identityId))) return 'not-found';
        const passkey = await all
          .selectFrom('passkeys')
          .select('credential_id')
          .where('identity_id', '=', identityId)
          .limit(1)
          .executeTakeFirst();
        if (!passkey) return 'last';
        await all.deleteFrom('github_accounts').where('identity_id', '=', identityId).execute();
        return 'unlinked';
      });
    },

    async linkOf(identityId) {
      const row = await db
        .selectFrom('github_accounts')
        .selectAll()
        .where('identity_id', '=', identityId)
        .executeTakeFirst();
      return (
        row && {
          host: row.host,
          githubId: row.github_id,
          login: row.login,
          linkedAt: row.linked_at,
          usedAt: row.used_at ?? undefined,
        }
      );
    },
  };
}

async function ownerOf(db: Kysely<Schema>, { host, githubId }: GithubAccount): Promise<string | undefined> {
  const row = await db
    .selectFrom('github_accounts')
    .select('identity_id')
    .where('host', '=', host)
    .where('github_id', '=', githubId)
    .executeTakeFirst();
  return row?.identity_id;
}

function rowOf(identityId: string, { host, githubId, login }: GithubAccount, now: number) {
  return { host, github_id: githubId, identity_id: identityId, login, linked_at: now, used_at: now };
}

function checkAccount({ host, githubId, login }: GithubAccount, now: number): void {
  checkTime(now);
  if (!Number.isSafeInteger(githubId) || githubId <= 0)
    throw new RangeError('An account at GitHub has a whole number from 1.');
  if (host === '' || login === '') throw new RangeError('An account at GitHub has a host and a name.');
}
