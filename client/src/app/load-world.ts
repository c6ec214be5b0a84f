import { ProblemError, parseWorldMap, type WorldMap } from '@chatmux/schema';

/** Waits before the second and the third try, in milliseconds. */
const WAITS_MS = [500, 2000];

/**
 * Fetches a world's map, trying three times where the way fails.
 * @throws ProblemError `not-found` when there is none, Error with a sentence when it can't be had or is not valid
 */
export async function loadWorld(id: string): Promise<WorldMap> {
  const response = await fetchPatiently(`/worlds/${encodeURIComponent(id)}.json`, id);
  return parseWorldMap(await response.json(), `${id}.json`);
}

async function fetchPatiently(url: string, id: string): Promise<Response> {
  for (let tries = 0; ; tries++) {
    let isMissing = false;
    const failure = new Error(`The world “${id}” could not be loaded. Please try again in a moment.`);
    try {
      const response = await fetch(url);
      if (response.ok) return response;
      isMissing = response.status === 404;
      failure.cause = new Error(`status ${response.status}`);
    } catch (error) {
      failure.cause = error;
    }
    if (isMissing) throw new ProblemError('not-found', 'There is no such world.', { cause: failure });
    const wait = WAITS_MS[tries];
    if (wait === undefined) throw failure;
    console.warn(failure.message, failure.cause);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
