/** The worker that looks at what is sent, once it runs. */
let ready: Worker | undefined;
let isStarted = false;

/** Starts the worker, so that it is there when something is sent. Where a browser has no such thing all is sent. */
export function startHush(): void {
  if (isStarted || typeof RTCRtpScriptTransform === 'undefined') return;
  isStarted = true;
  const made = new Worker(new URL('./silence-worker.ts', import.meta.url), { type: 'module' });
  made.onmessage = () => {
    ready = made;
  };
  made.onerror = ({ message }) => {
    console.warn('silence is sent as the browser sends it:', message);
    if (!ready) made.terminate();
  };
}

/** What is sent of a microphone. */
export interface Hush {
  /** Nothing of it is sent from now on, or what has to be. It is still encoded: its clock goes on. */
  hold(held: boolean): void;
}

/**
 * Lets a microphone's sender leave out what need not be sent of silence ([SG] of `silence-gate.ts`). Call it in the very
 * task that makes the sender: Chromium 156 gives no frame to a transform that is set later. While the worker does not run
 * yet everything is sent: a transform that nobody runs would hold all of it back.
 * @returns undefined where nothing can be left out
 */
export function hush(sender: RTCRtpSender): Hush | undefined {
  if (!ready || sender.transform) return undefined;
  const { port1, port2 } = new MessageChannel();
  sender.transform = new RTCRtpScriptTransform(ready, port2, [port2]);
  let isHeld = false;
  return {
    hold(held) {
      if (held !== isHeld) port1.postMessage(held);
      isHeld = held;
    },
  };
}
