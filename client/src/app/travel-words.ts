import { ProblemError } from '@chatmux/schema';

/** What to say about the copy we came to; undefined when there is nothing to say. */
export function copyNotice(came: {
  /** Name of the world. */
  name: string;
  copy: number;
  /** Copies that would have come first were full. */
  overflow: boolean;
  /** Copy that was asked for. */
  asked: number | undefined;
}): string | undefined {
  const { name, copy, overflow, asked } = came;
  const missed = asked !== undefined && asked !== copy;
  if (missed) {
    const why = overflow ? 'full' : 'closed';
    return `Copy ${asked} of ${name} is ${why}, so you are in copy ${copy}.`;
  }
  return overflow ? `${name} is full, so you are in copy ${copy} of it.` : undefined;
}

/** Why we did not get to another world. @param name of it; empty when it isn't known */
export function stayedNotice(error: unknown, name: string): string {
  const code = error instanceof ProblemError ? error.code : undefined;
  if (code === 'world-full') return `${name} is full at the moment. Please try again later.`;
  if (code === 'not-found') return 'There is no such world.';
  // A ban, or a lock: it says all there is to say.
  if (error instanceof ProblemError && code === 'not-yours') return error.message;
  return `We couldn't get to ${name || 'the other world'}. Please try again in a moment.`;
}
