import { type Account, accountAnswers, type Look, nameSchema, ProblemError } from '@chatmux/schema';
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { z } from 'zod';
import type { AccountState } from '../store/account.ts';
import { type AskApi, createAskApi } from './account-api.ts';
import { type PasskeyHindrance, passkeyHindrance, passkeyWords } from './passkey-words.ts';

const { me, withCodes, ceremony } = accountAnswers;
const mine = me.required();
const nothing = z.object({});

export interface AccountOptions {
  onChange(change: Partial<AccountState>): void;
  /** Whoever is signed in looks like this; on signing in, and when another device changed it. */
  onLook(look: Look): void;
  /** Says something that was done. */
  onSay(sentence: string): void;
  /** @default the server of this page */
  ask?: AskApi;
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
  signOut(): Promise<void>;
  /** Call it in a gesture. */
  addPasskey(): Promise<void>;
  removePasskey(id: string): Promise<void>;
  makeCodes(): Promise<void>;
  /** The codes were kept: they are not shown again. */
  forgetCodes(): void;
  endSession(id: string): Promise<void>;
  endOtherSessions(): Promise<void>;
  deleteIdentity(): Promise<void>;
}

export interface AccountKeeper extends AccountActions {
  /** Asks who is signed in here; nothing is said where that can't be known. */
  load(): Promise<void>;
  /** Tells the server how we look now, where we are signed in and that is not how it knows us. */
  setLook(look: Look): Promise<void>;
}

/** Who we are beyond this browser: asks the server and the browser's passkeys, and tells the store. */
export function createAccount(options: AccountOptions): AccountKeeper {
  const { onChange, onLook, onSay, ask = createAskApi() } = options;
  let account: Account | undefined;
  let busy = false;

  function show(next: Account | undefined, more: Partial<AccountState> = {}): void {
    const isOther = next?.id !== account?.id;
    account = next;
    onChange({ status: next ? 'in' : 'out', account: next, problem: undefined, ...more });
    if (isOther && next) onLook({ name: next.name, colour: next.colour });
  }

  /** One thing at a time; what fails is told. */
  async function doing(name: NonNullable<AccountState['busy']>, work: () => Promise<void>): Promise<void> {
    if (busy) return;
    busy = true;
    onChange({ busy: name, problem: undefined });
    try {
      await work();
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'signed-out') show(undefined);
      const known = error instanceof ProblemError ? error.message : passkeyWords(error);
      if (known === undefined) console.error(`${name} failed`, error);
      onChange({ problem: known ?? 'Your browser could not do that.' });
    } finally {
      busy = false;
      onChange({ busy: undefined });
    }
  }

  async function register(begin: string, body: object) {
    const begun = await ask(begin, ceremony, body);
    const optionsJSON = begun.options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'];
    return { ceremony: begun.ceremony, passkey: await startRegistration({ optionsJSON }) };
  }

  return {
    hindrance: () => passkeyHindrance(location, browserSupportsWebAuthn()),
    async load() {
      try {
        show((await ask('/api/me', me)).account);
      } catch (error) {
        console.warn('who is signed in is not known', error);
      }
    },
    makeIdentity: (look) =>
      doing('make', async () => {
        const answer = await ask('/api/identity', withCodes, await register('/api/identity/begin', look));
        show(answer.account, { codes: answer.codes });
      }),
    signIn: () =>
      doing('sign-in', async () => {
        const begun = await ask('/api/sign-in/begin', ceremony, {});
        const optionsJSON = begun.options as unknown as Parameters<
          typeof startAuthentication
        >[0]['optionsJSON'];
        const passkey = await startAuthentication({ optionsJSON });
        show((await ask('/api/sign-in', mine, { ceremony: begun.ceremony, passkey })).account);
      }),
    recover: (code) =>
      doing('recover', async () => {
        show((await ask('/api/recover', mine, { code })).account);
        onSay('You are signed in. Add a passkey to this device, so that you need no code again.');
      }),
    signOut: () =>
      doing('sign-out', async () => {
        await ask('/api/sign-out', nothing, {});
        show(undefined, { codes: [] });
      }),
    addPasskey: () =>
      doing('add-passkey', async () => {
        show((await ask('/api/passkeys', mine, await register('/api/passkeys/begin', {}))).account);
        onSay('This device can sign you in now.');
      }),
    removePasskey: (id) =>
      doing('change', async () => show((await ask('/api/passkeys/remove', mine, { id })).account)),
    makeCodes: () =>
      doing('change', async () => {
        const answer = await ask('/api/codes', withCodes, {});
        show(answer.account, { codes: answer.codes });
      }),
    forgetCodes: () => onChange({ codes: [] }),
    endSession: (id) =>
      doing('change', async () => show((await ask('/api/sessions/end', mine, { id })).account)),
    endOtherSessions: () =>
      doing('change', async () => show((await ask('/api/sessions/end-others', mine, {})).account)),
    deleteIdentity: () =>
      doing('delete', async () => {
        await ask('/api/me/delete', nothing, {});
        show(undefined, { codes: [] });
        onSay('Your identity is deleted. You are here as a guest.');
      }),
    async setLook(look) {
      const name = nameSchema.safeParse(look.name);
      if (!account || !name.success) return;
      if (name.data === account.name && look.colour === account.colour) return;
      try {
        const answer = await ask('/api/me/look', mine, { name: name.data, colour: look.colour });
        // Not told as another look: whoever types on must not be overwritten.
        show(answer.account);
      } catch (error) {
        console.warn('how we look was not kept', error);
      }
    },
  };
}
