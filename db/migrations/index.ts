import type { Kysely } from 'kysely';
import * as guests from './0001-guests.ts';
import * as identities from './0002-identities.ts';
import * as confirmedSessions from './0003-confirmed-sessions.ts';
import * as friends from './0004-friends.ts';
import * as whatFriendsSee from './0005-what-friends-see.ts';
import * as github from './0006-github.ts';
import * as order from './0007-order.ts';
import * as about from './0008-about.ts';

/** One step of the schema. Never changed once released: a fault in it is mended by the next step. */
export interface Migration {
  /** File name without its ending; begins with the version in four digits. */
  readonly name: string;
  up(db: Kysely<unknown>): Promise<void>;
}

/** All steps in order: the first makes version 1. A list rather than a folder scan, so that types and bundlers see them. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-guests', up: guests.up },
  { name: '0002-identities', up: identities.up },
  { name: '0003-confirmed-sessions', up: confirmedSessions.up },
  { name: '0004-friends', up: friends.up },
  { name: '0005-what-friends-see', up: whatFriendsSee.up },
  { name: '0006-github', up: github.up },
  { name: '0007-order', up: order.up },
  { name: '0008-about', up: about.up },
];
