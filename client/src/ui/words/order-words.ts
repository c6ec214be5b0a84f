import type { InviteLook, LogEntry, Role, SanctionView } from '@chatmux/schema';

const ARTICLES: Readonly<Record<Role, string>> = {
  guest: 'a guest',
  member: 'a member',
  moderator: 'a moderator',
  owner: 'an owner',
};

/** What an invite says to whoever opened its link. */
export function inviteWords({ role, name, by }: InviteLook): string {
  const what = `${ARTICLES[role]} of ${name ?? 'this place'}`;
  return by === undefined ? `You are invited to be ${what}.` : `${by} invites you to be ${what}.`;
}

export const acceptedWords = (role: Role, name: string | undefined): string =>
  `You are ${ARTICLES[role]} of ${name ?? 'this place'} now.`;

/** How long a ban holds, as one chooses it. */
export const BAN_TIMES: readonly { readonly hours: number | null; readonly label: string }[] = [
  { hours: 1, label: '1 hour' },
  { hours: 24, label: '1 day' },
  { hours: 24 * 7, label: '1 week' },
  { hours: null, label: 'For good' },
];

const timeOf = (hours: number | null | undefined): string => {
  if (hours === undefined || hours === null) return 'for good';
  const known = BAN_TIMES.find((time) => time.hours === hours);
  return `for ${known?.label ?? `${hours} hours`}`;
};

/** One line of the log. Who is gone has no name any more. */
export function deedWords({
  deed,
  by = 'Somebody who is gone',
  of,
  role = 'guest',
  hours,
}: LogEntry): string {
  const whom = of ?? 'somebody who is gone';
  switch (deed) {
    case 'put-out':
      return `${by} put ${whom} out`;
    case 'ban':
      return `${by} banned ${whom} ${timeOf(hours)}`;
    case 'mute':
      return `${by} muted ${whom}`;
    case 'unmute':
      return `${by} let ${whom} speak again`;
    case 'lift':
      return `${by} lifted the ban of ${whom}`;
    case 'appoint':
      return role === 'guest'
        ? `${by} took the role of ${whom} back`
        : `${by} made ${whom} ${ARTICLES[role]}`;
    case 'lock':
      return `${by} let only members in`;
    case 'unlock':
      return `${by} let everybody in`;
    case 'invite':
      return `${by} made an invite: ${role}`;
    case 'revoke':
      return `${by} took an invite back: ${role}`;
    case 'accept':
      return `${by} accepted an invite: ${role}`;
  }
}

const UNTIL = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** Until when something holds. */
export const untilWords = (until: number | null): string =>
  until === null ? 'for good' : `until ${UNTIL.format(until)}`;

/** What holds against somebody. */
export function sanctionWords({ what, until, by, isGuest }: SanctionView): string {
  const kind = what === 'ban' ? 'banned' : 'muted';
  return `${isGuest ? 'guest, ' : ''}${kind} ${untilWords(until)}${by === undefined ? '' : ` by ${by}`}`;
}
