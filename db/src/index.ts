export { backUpDatabase, type Counts, restoreDatabase } from './copies.ts';
export { DatabaseProblem, type DatabaseProblemKind } from './database-problem.ts';
export type {
  FriendLimits,
  FriendRepository,
  Relation,
  Relations,
  RequestResult,
} from './friends/friend-repository.ts';
export { sqliteFriends } from './friends/sqlite-friends.ts';
export type { Guest, GuestRepository, Place } from './guests/guest-repository.ts';
export { memoryGuests } from './guests/memory-guests.ts';
export { sqliteGuests } from './guests/sqlite-guests.ts';
export type { GithubAccount, GithubLink, GithubRepository } from './identities/github-repository.ts';
export type {
  Identity,
  IdentityRepository,
  NewPasskey,
  Passkey,
} from './identities/identity-repository.ts';
export { sqliteGithub } from './identities/sqlite-github.ts';
export { sqliteIdentities } from './identities/sqlite-identities.ts';
export { type OpenDatabase, type OpenOptions, openDatabase } from './open-database.ts';
export type {
  Deed,
  Invite,
  LoggedDeed,
  Marks,
  OrderRepository,
  RoleHolder,
  RoleRank,
  Sanction,
} from './order/order-repository.ts';
export { sqliteOrder } from './order/sqlite-order.ts';
export type { Schema } from './schema.ts';
export type { Session, SessionRepository } from './sessions/session-repository.ts';
export { sqliteSessions } from './sessions/sqlite-sessions.ts';
