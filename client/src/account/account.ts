import {
  type About,
  type Account,
  accountAnswers,
  type Look,
  nameSchema,
  type ProblemCode,
  ProblemError,
  type Shows,
} from '@chatmux/schema';
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { z } from 'zod';
import type { AccountState } from '../store/account.ts';
import { type AskApi, createAskApi } from './account-api.ts';
import { type PasskeyHindrance, passkeyHindrance, passkeyWords } from './passkey-words.ts';

const { me, withCodes, ceremony } = accountAnswers;
const mine = accountAnswers.account;
const nothing = z.object({});
/** Why somebody could not show who they are by a passkey, as the server says it. */
const NO_PASSKEY: readonly ProblemCode[] = ['not-yours', 'not-found', 'bad-message'];

export interface AccountOptions {
  onChange(change: Partial<AccountState>): void;
  /**
   * Whoever is signed in looks like this: on signing in, and where another device changed it.
   * @param chosen they have just signed in here, so whatever was typed before is over
   */
  onLook(look: Look, chosen: boolean): void;
  /** Somebody signed in or out here, which other tabs of this browser can't know. */
  onSwitch(): void;
  /** @default the server of this page */
  ask?: AskApi;
  /** @default the passkeys of this browser */
  passkeys?: PasskeyPrompts;
  /** Opens a window beside this page. @default the browser does */
  openBeside?: () => Beside;
}

/** A window beside this page; where there can be none, this page itself. */
export interface Beside {
  go(url: string): void;
  close(): void;
}

/** What a browser does with passkeys; both reject where it is called off. */
export interface PasskeyPrompts {
  make(options: Record<string, unknown>): Promise<object>;
  use(options: Record<string, unknown>): Promise<object>;
}

/** What one may do with one's identity. None rejects: what failed is told by `onChange`. */
export interface AccountActions {
  /** Why this page can have no passkeys, if it can't. */
  hindrance(): PasskeyHindrance | undefined;
  /** Makes an identity that looks like this, with a first passkey. Call it in a gesture. */
  makeIdentity(look: Look): Promise<void>;
  /** Call it in a gesture. */
  signIn(): Promise<void>;
  recover(code: string): Promise<void>;
  /** Goes on in a window of GitHub, which ends at our own page. Call it in a gesture, as `linkGithub`. */
  signInByGithub(colour: number): Promise<void>;
  linkGithub(): Promise<void>;
  unlinkGithub(): Promise<void>;
  signOut(): Promise<void>;
  /** Call it in a gesture, as all that may ask for a passkey first: this, `removePasskey`, `makeCodes`, `deleteIdentity`. */
  addPasskey(): Promise<void>;
  removePasskey(id: string): Promise<void>;
  makeCodes(): Promise<void>;
  /** How much friends see of where we are. */
  setShows(shows: Shows): Promise<void>;
  /** Says something of oneself, or nothing. */
  setAbout(about: About): Promise<void>;
  /** The codes were kept: they are not shown again. */
  forgetCodes(): void;
  endSession(id: string): Promise<void>;
  endOtherSessions(): Promise<void>;
  deleteIdentity(): Promise<void>;
}

export interface AccountKeeper extends AccountActions {
  /** Asks who is signed in here. False where that can't be known now. */
  load(): Promise<boolean>;
  /** What shows a room who we are, once and for half a minute. Undefined where we are nobody, or it can't be had now. */
  ticket(): Promise<string | undefined>;
  /** Tells the server how we look now, where we are signed in and that is not how it knows us. */
  setLook(look: Look): Promise<void>;
}

/** Who we are beyond this browser: asks the server and the browser's passkeys, and tells the store. */
export function createAccount(options: AccountOptions): AccountKeeper {
  const {
    onChange,
    onLook,
    onSwitch,
    ask = createAskApi(),
    passkeys = browserPasskeys,
    openBeside = openWindow,
  } = options;
  let account: Account | undefined;
  let busy = false;
  /** Grows with each answer that counts, so that one to an older question can be told. */
  let answers = 0;

  /** @param chosen by what was done here, not by what was found */
  function show(next: Account | undefined, chosen: boolean, more: Partial<AccountState> = {}): void {
    const before = account;
    const isOther = next?.id !== before?.id;
    const isNew = next && (isOther || next.name !== before?.name || next.colour !== before?.colour);
    account = next;
    answers += 1;
    onChange({
      status: next ? 'in' : 'out',
      account: next,
      ...(isOther && { codes: [], said: undefined }),
      ...more,
    });
    if (isNew) onLook({ name: next.name, colour: next.colour }, chosen && isOther);
    if (isOther && chosen) onSwitch();
  }

  /** One thing at a time; what fails is told. */
  async function doing(name: NonNullable<AccountState['busy']>, work: () => Promise<string | undefined>) {
    if (busy) return;
    busy = true;
    onChange({ busy: name, said: undefined, problem: undefined });
    try {
      onChange({ said: await confirmedly(work) });
    } catch (error) {
      if (isSignedOut(error)) show(undefined, true);
      const known = error instanceof ProblemError ? error.message : passkeyWords(error);
      if (known === undefined) console.error(`${name} failed`, error);
      onChange({ problem: known ?? 'Your browser could not do that.' });
    } finally {
      busy = false;
      onChange({ busy: undefined });
    }
  }

  /** Shows who we are by a passkey, where that is asked for, and then does it. */
  async function confirmedly<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'confirm') throw error;
    }
    try {
      await ask('/api/confirm', mine, await answerByPasskey('/api/confirm/begin'));
    } catch (error) {
      if (error instanceof ProblemError && !NO_PASSKEY.includes(error.code)) throw error;
      throw new ProblemError(
        'confirm',
        'This needs a passkey of yours. If you have none at hand, sign out, and in again, by a recovery code or by GitHub.',
        { cause: error },
      );
    }
    return work();
  }

  /** @param begin where it begins */
  const toGithub = (begin: string, body: object) => {
    // At once: browsers open windows in a gesture alone, and not after an answer.
    const beside = openBeside();
    return doing('github', async () => {
      try {
        beside.go((await ask(begin, accountAnswers.github, body)).url);
      } catch (error) {
        beside.close();
        throw error;
      }
      return 'Go on in the window of GitHub.';
    });
  };

  async function makePasskey(begin: string, body: object) {
    const begun = await ask(begin, ceremony, body);
    return { ceremony: begun.ceremony, passkey: await passkeys.make(begun.options) };
  }

  async function answerByPasskey(begin: string) {
    const begun = await ask(begin, ceremony, {});
    return { ceremony: begun.ceremony, passkey: await passkeys.use(begun.options) };
  }

  return {
    hindrance: () => passkeyHindrance(location, browserSupportsWebAuthn()),
    async load() {
      const since = answers;
      try {
        const answer = await ask('/api/me', me);
        // What was done meanwhile is newer; what is being done will say how it ends.
        if (answers === since && !busy) show(answer.account, false, { github: answer.github });
        return true;
      } catch (error) {
        console.warn('who is signed in is not known', error);
        return false;
      }
    },
    makeIdentity: (look) =>
      doing('make', async () => {
        const answer = await ask('/api/identity', withCodes, await makePasskey('/api/identity/begin', look));
        show(answer.account, true, { codes: answer.codes });
        return undefined;
      }),
    signIn: () =>
      doing('sign-in', async () => {
        show((await ask('/api/sign-in', mine, await answerByPasskey('/api/sign-in/begin'))).account, true);
        return undefined;
      }),
    recover: (code) =>
      doing('recover', async () => {
        show((await ask('/api/recover', mine, { code })).account, true);
        return 'You are signed in. Add a passkey to this device, so that you need no code again.';
      }),
    signInByGithub: (colour) => toGithub('/api/github/begin', { colour }),
    linkGithub: () => toGithub('/api/github/link', {}),
    unlinkGithub: () =>
      doing('unlink', async () => {
        show((await ask('/api/github/unlink', mine, {})).account, true);
        return 'GitHub does not sign you in any more.';
      }),
    signOut: () =>
      doing('sign-out', async () => {
        await ask('/api/sign-out', nothing, {});
        show(undefined, true);
        return undefined;
      }),
    addPasskey: () =>
      doing('add-passkey', async () => {
        show((await ask('/api/passkeys', mine, await makePasskey('/api/passkeys/begin', {}))).account, true);
        return 'This device can sign you in now.';
      }),
    removePasskey: (id) =>
      doing('remove-passkey', async () => {
        show((await ask('/api/passkeys/remove', mine, { id })).account, true);
        return 'That passkey does not sign you in any more.';
      }),
    makeCodes: () =>
      doing('codes', async () => {
        const answer = await ask('/api/codes', withCodes, {});
        show(answer.account, true, { codes: answer.codes });
        return undefined;
      }),
    setShows: (shows) =>
      doing('shows', async () => {
        show((await ask('/api/me/shows', mine, { shows })).account, true);
        return undefined;
      }),
    setAbout: (about) =>
      doing('about', async () => {
        show((await ask('/api/me/about', mine, about)).account, true);
        return 'Others read it from now on.';
      }),
    forgetCodes: () => onChange({ codes: [] }),
    endSession: (id) =>
      doing('sessions', async () => {
        show((await ask('/api/sessions/end', mine, { id })).account, true);
        return 'You are signed out there.';
      }),
    endOtherSessions: () =>
      doing('sessions', async () => {
        show((await ask('/api/sessions/end-others', mine, {})).account, true);
        return 'You are signed in here alone.';
      }),
    deleteIdentity: () =>
      doing('delete', async () => {
        await ask('/api/me/delete', nothing, {});
        show(undefined, true);
        return 'Your identity is deleted. You are here as a guest.';
      }),
    async ticket() {
      if (!account) return undefined;
      const since = answers;
      try {
        return (await ask('/api/ticket', accountAnswers.ticket, {})).ticket;
      } catch (error) {
        if (isSignedOut(error) && answers === since) show(undefined, false);
        else console.warn('the room could not be shown who we are', error);
        return undefined;
      }
    },
    async setLook(look) {
      const name = nameSchema.safeParse(look.name);
      if (!account || !name.success) return;
      if (name.data === account.name && look.colour === account.colour) return;
      const since = answers;
      try {
        const answer = await ask('/api/me/look', mine, { name: name.data, colour: look.colour });
        if (answers !== since || busy) return;
        // It is ours: whoever types on must not be overwritten by it.
        account = answer.account;
        onChange({ account });
      } catch (error) {
        if (isSignedOut(error) && answers === since) show(undefined, false);
        else console.warn('how we look was not kept', error);
      }
    },
  };
}

const isSignedOut = (error: unknown) => error instanceof ProblemError && error.code === 'signed-out';

type OptionsOf<Start extends (given: never) => unknown> = Parameters<Start>[0] extends {
  optionsJSON: infer Json;
}
  ? Json
  : never;

/** What was opened before and is still there is used again. */
function openWindow(): Beside {
  const opened = window.open('', 'chatmux-github', 'popup,width=640,height=760');
  return {
    go: (url) => (opened ?? window).location.assign(url),
    close: () => opened?.close(),
  };
}

const browserPasskeys: PasskeyPrompts = {
  make: (options) =>
    startRegistration({ optionsJSON: options as unknown as OptionsOf<typeof startRegistration> }),
  use: (options) =>
    startAuthentication({ optionsJSON: options as unknown as OptionsOf<typeof startAuthentication> }),
};
