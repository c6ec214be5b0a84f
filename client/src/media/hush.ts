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

/**
 * Lets a microphone's sender leave out what need not be sent of silence ([SG] of `silence-gate.ts`). Call it in the very
 * task that makes the sender: Chromium 156 gives no frame to a transform that is set later. While the worker does not run
 * yet everything is sent: a transform that nobody runs would hold all of it back.
 */
export function hush(sender: RTCRtpSender): void {
  if (ready && !sender.transform) sender.transform = new RTCRtpScriptTransform(ready);
}
