import type { Account } from '@chatmux/schema';

/** Who we are beyond this browser. */
export interface AccountState {
  /** `unknown` until the server was asked. */
  status: 'unknown' | 'out' | 'in';
  account: Account | undefined;
  /** One may sign in by GitHub here. */
  github: boolean;
  /** Recovery codes that were just made; shown until they are put away. */
  codes: readonly string[];
  /** What is under way. */
  busy:
    | 'make'
    | 'sign-in'
    | 'recover'
    | 'github'
    | 'unlink'
    | 'sign-out'
    | 'add-passkey'
    | 'remove-passkey'
    | 'codes'
    | 'sessions'
    | 'shows'
    | 'about'
    | 'delete'
    | undefined;
  /** What was done last, in words. */
  said: string | undefined;
  /** Why the last thing did not work, in words. */
  problem: string | undefined;
}
