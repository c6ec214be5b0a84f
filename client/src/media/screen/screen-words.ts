import type { Milliseconds } from '@chatmux/schema';

/** Faster than anybody closes a picker: the browser or the system said no, and nobody was asked. */
const UNASKED_MS: Milliseconds = 250;

/**
 * What we say when a screen could not be shared; undefined where the person only changed their mind. Browsers give the
 * same error for a closed picker and for a refusal, so time and words tell them apart.
 * Names: Screen Capture, section on getDisplayMedia.
 */
export function shareSentence(
  error: { name: string; message: string },
  answeredMs: Milliseconds,
): string | undefined {
  switch (error.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      if (/system/i.test(error.message))
        return 'Your system didn’t let the browser show your screen. You can allow it in the system’s settings.';
      return answeredMs < UNASKED_MS ? 'Your browser doesn’t let this page show your screen.' : undefined;
    case 'AbortError':
      return undefined;
    case 'NotFoundError':
      return 'There is no screen that could be shared.';
    default:
      return 'Your screen couldn’t be shown. Please try again.';
  }
}
