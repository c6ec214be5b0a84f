import { isIP } from 'node:net';
import { z } from 'zod';

/**
 * Schemas for single values as they stand in the environment: text in, typed value out. Each refuses what it can't
 * read; the words for the person are in `variables.ts`, so the messages here stay empty of them.
 */

/** `on` or `off`, and what people write instead of them. */
export const onOff = z.enum(['on', 'off', 'true', 'false', 'yes', 'no', '1', '0']).transform((text) => {
  return text === 'on' || text === 'true' || text === 'yes' || text === '1';
});

/** A whole number in plain digits within [least, most]. Refuses `4e3`, `0x10` and `12.0`. */
export function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().int().min(least).max(most));
}

/** An IPv4 or IPv6 address, without brackets. */
export const ipAddress = z.string().refine((text) => isIP(text) !== 0);

/** An IPv6 address, without brackets. */
export const ip6Address = z.string().refine((text) => isIP(text) === 6);

// A name whose last label is all digits would be read as an IPv4 address by some and as a name by others.
const HOST_NAME =
  /^(?=.{1,253}$)(?!.*(^|\.)\d+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;

/** An IP address or a host name. */
export const hostOrIp = z.string().refine((text) => isIP(text) !== 0 || HOST_NAME.test(text));

/** A path in the file system: anything without a NUL. */
export const filePath = z
  .string()
  .min(1)
  .max(4096)
  .refine((text) => !text.includes('\0'));

/** Origins separated by commas: scheme, host and port, nothing more. Given back as browsers write them. */
export const origins = z.string().transform((text, context) => {
  const found: string[] = [];
  for (const part of text
    .split(',')
    .map((piece) => piece.trim())
    .filter(Boolean)) {
    const url = URL.canParse(part) ? new URL(part) : undefined;
    const plain =
      url &&
      /^https?:$/.test(url.protocol) &&
      url.pathname === '/' &&
      !url.search &&
      !url.hash &&
      !url.username;
    if (!plain) {
      context.addIssue({ code: 'custom', message: 'not an origin' });
      return z.NEVER;
    }
    found.push(url.origin);
  }
  return found;
});

/** Addresses of TURN servers, separated by commas; at most 8. */
export const turnUrls = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((piece) => piece.trim())
      .filter(Boolean),
  )
  .pipe(
    z
      .array(z.string().regex(/^turns?:[^\s,]+$/))
      .min(1)
      .max(8),
  );

const iceServer = z.strictObject({
  urls: z.union([
    z.string().regex(/^(stun|stuns|turn|turns):\S+$/),
    z.array(z.string().regex(/^(stun|stuns|turn|turns):\S+$/)).min(1),
  ]),
  username: z.string().optional(),
  credential: z.string().optional(),
});

/** A STUN or TURN server as RTCPeerConnection takes it. */
export type IceServer = z.infer<typeof iceServer>;

/** A JSON array of STUN and TURN servers, at most 16. */
export const iceServers = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.array(iceServer).max(16));

/** An address of the web, without query; given back without a slash at its end. */
export const webAddress = z
  .string()
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username;
  })
  .transform((text) => new URL(text).href.replace(/\/+$/, ''));
