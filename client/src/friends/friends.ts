import { type Friends, friendAnswers, ProblemError, type Somebody } from '@chatmux/schema';
import type { AskApi } from '../account/account-api.ts';
import type { SocialState } from '../store/social.ts';

/** What may be done about somebody, as the server knows it. */
type Act = 'request' | 'accept' | 'decline' | 'cancel' | 'remove' | 'block' | 'unblock';

/** What one may do about friends. None rejects: what failed is told by `onChange`. */
export interface FriendActions {
  request(somebody: Somebody): Promise<void>;
  accept(somebody: Somebody): Promise<void>;
  decline(somebody: Somebody): Promise<void>;
  cancel(somebody: Somebody): Promise<void>;
  remove(somebody: Somebody): Promise<void>;
  block(somebody: Somebody): Promise<void>;
  unblock(somebody: Somebody): Promise<void>;
  /** People by what of their name was typed. Undefined where that can't be had; it is told why. */
  search(typed: string): Promise<Somebody[] | undefined>;
}

/** What is said when it is done. */
const SAID: Readonly<Record<Act, (name: string) => string>> = {
  request: (name) => `${name} is asked.`,
  accept: (name) => `${name} is your friend now.`,
  decline: (name) => `You are not friends with ${name}. They are not told.`,
  cancel: (name) => `You don’t ask ${name} any more.`,
  remove: (name) => `${name} is not your friend any more.`,
  block: (name) =>
    `You and ${name} don’t hear each other, nor see each other’s video, and don’t find each other any more.`,
  unblock: (name) => `${name} can hear and find you again, and see your video.`,
};

interface Options {
  readonly ask: AskApi;
  /** Whose friends they are now: what comes for somebody who has left since is dropped. */
  who(): string | undefined;
  onChange(change: Partial<SocialState>): void;
}

/** Asks the server for what is done about friends, and tells what came of it. */
export function createFriends({ ask, who, onChange }: Options): FriendActions {
  let busy = false;

  /** One thing at a time; what fails is told. */
  async function doing<T>(work: () => Promise<T>, about?: string): Promise<T | undefined> {
    if (busy) return undefined;
    busy = true;
    const asked = who();
    onChange({ busy: true, said: undefined, problem: undefined, about });
    try {
      const done = await work();
      return who() === asked ? done : undefined;
    } catch (error) {
      if (who() !== asked) return undefined;
      if (!(error instanceof ProblemError)) console.error('something about friends failed', error);
      onChange({ problem: error instanceof ProblemError ? error.message : 'That could not be done.' });
      return undefined;
    } finally {
      busy = false;
      onChange({ busy: false });
    }
  }

  const act = (what: Act) => (somebody: Somebody) =>
    doing(async () => {
      const { id, name } = somebody;
      const asks = who();
      const { friends } = await ask(`/api/friends/${what}`, friendAnswers.friends, { id });
      if (who() !== asks) return;
      // Who had asked as well is a friend at once.
      const crossed = what === 'request' && friends.friends.some((friend) => friend.id === id);
      onChange({ ...friends, said: SAID[crossed ? 'accept' : what](name) });
    }, somebody.id) as Promise<void>;

  return {
    request: act('request'),
    accept: act('accept'),
    decline: act('decline'),
    cancel: act('cancel'),
    remove: act('remove'),
    block: act('block'),
    unblock: act('unblock'),
    search: (typed) =>
      doing(async () => (await ask('/api/friends/search', friendAnswers.found, { name: typed })).found),
  };
}

/** What has come since: who asks anew, and who has said yes. */
export function newsOf(before: Friends, now: Friends): { asking: Somebody[]; accepted: Somebody[] } {
  const had = (list: readonly Somebody[]) => new Set(list.map(({ id }) => id));
  const [asked, friends, waited] = [had(before.incoming), had(before.friends), had(before.outgoing)];
  return {
    asking: now.incoming.filter(({ id }) => !asked.has(id)),
    accepted: now.friends.filter(({ id }) => !friends.has(id) && waited.has(id)),
  };
}

/** What one of us is to the other. */
export type Bond = 'friend' | 'asks' | 'asked' | 'blocked' | 'none';

export function bondWith({ friends, incoming, outgoing, blocked }: Friends, id: string): Bond {
  const isIn = (list: readonly Somebody[]) => list.some((one) => one.id === id);
  if (isIn(friends)) return 'friend';
  if (isIn(blocked)) return 'blocked';
  if (isIn(incoming)) return 'asks';
  return isIn(outgoing) ? 'asked' : 'none';
}
