import { githubRepositoryContract } from '../testing/github-repository-contract.ts';
import { openScratch } from '../testing/open-scratch.ts';
import { sqliteGithub } from './sqlite-github.ts';
import { sqliteIdentities } from './sqlite-identities.ts';

githubRepositoryContract('SQLite', async () => {
  const { db, close } = await openScratch();
  return { github: sqliteGithub(db), identities: sqliteIdentities(db), close };
});
