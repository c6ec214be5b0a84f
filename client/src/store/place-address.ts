import { MAX_COPY, slugSchema } from '@chatmux/schema';

/** A world, and a copy of it, as the address of the page names them. */
export interface Place {
  world?: string | undefined;
  copy?: number | undefined;
}

/**
 * Reads the part of an address behind its #: `#/plaza` or `#/plaza/2`. Nothing there names no place.
 * @returns undefined when what stands there can be no place
 */
export function readPlace(hash: string): Place | undefined {
  if (/^#?\/?$/.test(hash)) return {};
  const [, world = '', copy] = /^#\/([^/]*)(?:\/([^/]*))?\/?$/.exec(hash) ?? [];
  if (!slugSchema.safeParse(world).success) return undefined;
  if (copy === undefined || copy === '') return { world };
  const number = /^[1-9]\d{0,5}$/.test(copy) ? Number(copy) : Number.NaN;
  return number <= MAX_COPY ? { world, copy: number } : undefined;
}

/** The same the other way round. The first copy has no number: there is mostly no other. */
export function placeHash({ world, copy }: { world: string; copy: number }): string {
  return copy > 1 ? `#/${world}/${copy}` : `#/${world}`;
}
