import type { Identity, IdentityRepository } from '@chatmux/db';

interface Asked {
  readonly identities: Pick<IdentityRepository, 'find'>;
  /** Media may go through the SFU alone. */
  readonly needsSfu: boolean;
  readonly isSfuUp: () => boolean;
  readonly isStopping: () => boolean;
  readonly onError: (error: unknown) => void;
}

/** Nobody's id: the database is asked for somebody it doesn't have. */
const NOBODY: Identity['id'] = '';

/** Says why nobody should be sent to this server now, in words; undefined where nothing speaks against it. */
export function readiness({ identities, needsSfu, isSfuUp, isStopping, onError }: Asked) {
  return async (): Promise<string | undefined> => {
    if (isStopping()) return 'The server is stopping.';
    if (needsSfu && !isSfuUp()) return 'The media server is away.';
    try {
      await identities.find(NOBODY);
      return undefined;
    } catch (error) {
      onError(error);
      return 'The database does not answer.';
    }
  };
}
