import type { Milliseconds } from '@chatmux/schema';

/** A short gap heals by itself; after this an ICE restart helps sooner. */
export const DISCONNECTED_MS = 2000;
/** A restart that has not connected by then is given up. */
export const RESTART_MS = 8000;

export interface IceCare {
  /** Tells the state the connection is in now. */
  observe(state: RTCPeerConnectionState): void;
  close(): void;
}

/**
 * Looks after one connection: restarts ICE when it fails or stays disconnected, and gives it up when that did not help.
 * @param restart begins an ICE restart; a rejection counts as one that did not help
 * @param onLost called once: the connection has to be built anew
 */
export function createIceCare(restart: () => Promise<void>, onLost: (reason: string) => void): IceCare {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restarting = false;
  let over = false;

  const after = (ms: Milliseconds, then: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
  };
  const lose = (reason: string) => {
    if (over) return;
    close();
    onLost(reason);
  };
  const close = () => {
    over = true;
    clearTimeout(timer);
  };
  const begin = () => {
    restarting = true;
    after(RESTART_MS, () => lose('an ICE restart did not help'));
    restart().catch((error: unknown) => lose(`an ICE restart failed: ${String(error)}`));
  };

  return {
    observe(state) {
      if (over) return;
      if (state === 'connected') {
        restarting = false;
        clearTimeout(timer);
      } else if (restarting) {
        // It goes through all states again; the timer judges it.
      } else if (state === 'failed') begin();
      else if (state === 'disconnected') after(DISCONNECTED_MS, begin);
    },
    close,
  };
}
