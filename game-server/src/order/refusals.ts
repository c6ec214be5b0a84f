import { untilWords } from './until-words.ts';

/** Why somebody may not come into a world, in words for them. */

export const banWords = (world: string, until: number | undefined, now: number): string =>
  until === undefined
    ? `You are banned from ${world}.`
    : `You are banned from ${world} for ${untilWords(until - now)}.`;

export const addressWords = (world: string): string =>
  `Somebody of your address was banned from ${world}. With an identity of your own you can come in: sign in first.`;

export const lockWords = (world: string): string =>
  `${world} is for its members at the moment. Ask one of its moderators for an invite.`;
