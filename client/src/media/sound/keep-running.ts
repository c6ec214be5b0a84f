/** Safari's own state for a call, Siri or a locked screen; TypeScript's library doesn't know it. */
type ContextState = AudioContextState | 'interrupted';

/** How long sound may be held back before that is said, in milliseconds: starting takes a moment. */
const SAID_AFTER_MS = 1500;
const GESTURES = ['pointerdown', 'keydown'] as const;

/**
 * Makes a context go on whenever something stopped it: a call on a phone, a locked screen, a device that went away. Where
 * the browser wants a gesture first, the next one does it.
 * @param onHeld sound is held back until the person does something; called once each time
 * @returns ends it
 */
export function keepRunning(context: AudioContext, onHeld: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let armed: AbortController | undefined;
  let saying: ReturnType<typeof setTimeout> | undefined;

  const resume = () => {
    if (signal.aborted || context.state === 'running' || context.state === 'closed') return;
    context.resume().catch((error: unknown) => console.debug('sound does not go on yet', error));
  };
  function arm(): void {
    if (armed) return;
    armed = new AbortController();
    for (const gesture of GESTURES)
      addEventListener(gesture, resume, { capture: true, signal: AbortSignal.any([signal, armed.signal]) });
  }
  function disarm(): void {
    armed?.abort();
    armed = undefined;
    clearTimeout(saying);
    saying = undefined;
  }
  const look = () => {
    const state: ContextState = context.state;
    if (state === 'running' || state === 'closed') return disarm();
    arm();
    saying ??= setTimeout(() => !document.hidden && onHeld(), SAID_AFTER_MS);
    // Resumed while it is still interrupted, Safari's clock stands still afterwards.
    if (state === 'suspended') resume();
  };

  context.addEventListener('statechange', look, { signal });
  document.addEventListener('visibilitychange', () => !document.hidden && look(), { signal });
  look();
  return () => {
    stop.abort();
    disarm();
  };
}
