import type { LogEntry, SanctionView } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { acceptedWords, deedWords, inviteWords, sanctionWords, untilWords } from './order-words.ts';

it('says what an invite is to, and by whom', () => {
  expect(inviteWords({ world: 'plaza', name: 'Plaza', role: 'member', by: 'Ann' })).toBe(
    'Ann invites you to be a member of Plaza.',
  );
  expect(inviteWords({ world: '', role: 'owner' })).toBe('You are invited to be an owner of this place.');
  expect(acceptedWords('moderator', 'Plaza')).toBe('You are a moderator of Plaza now.');
});

describe('a line of the log', () => {
  const entry = (more: Partial<LogEntry>): LogEntry => ({
    id: 1,
    at: 0,
    deed: 'mute',
    by: 'Ann',
    of: 'Bob',
    ...more,
  });
  it.each([
    [entry({ deed: 'put-out' }), 'Ann put Bob out'],
    [entry({ deed: 'ban', hours: 24 }), 'Ann banned Bob for 1 day'],
    [entry({ deed: 'ban', hours: 5 }), 'Ann banned Bob for 5 hours'],
    [entry({ deed: 'ban', hours: null }), 'Ann banned Bob for good'],
    [entry({}), 'Ann muted Bob'],
    [entry({ deed: 'unmute' }), 'Ann let Bob speak again'],
    [entry({ deed: 'lift' }), 'Ann lifted the ban of Bob'],
    [entry({ deed: 'appoint', role: 'moderator' }), 'Ann made Bob a moderator'],
    [entry({ deed: 'appoint', role: 'guest' }), 'Ann took the role of Bob back'],
    [entry({ deed: 'lock' }), 'Ann let only members in'],
    [entry({ deed: 'accept', role: 'member' }), 'Ann accepted an invite: member'],
    [entry({ by: undefined, of: undefined }), 'Somebody who is gone muted somebody who is gone'],
  ])('case %#', (given, words) => expect(deedWords(given)).toBe(words));
});

it('says what holds against somebody, until when and by whom', () => {
  const ban: SanctionView = {
    id: 1,
    what: 'ban',
    name: 'Bob',
    isGuest: true,
    since: 0,
    until: null,
    by: 'Ann',
  };
  expect(sanctionWords(ban)).toBe('guest, banned for good by Ann');
  const until = Date.UTC(2026, 10, 24, 12);
  expect(sanctionWords({ ...ban, what: 'mute', isGuest: false, until, by: undefined })).toBe(
    `muted ${untilWords(until)}`,
  );
  expect(untilWords(until)).toMatch(/^until .*2026/);
});
