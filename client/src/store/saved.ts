import { PERSON_COLOURS, PICTURE_CODECS } from '@chatmux/schema';
import { z } from 'zod';
import { savedDevicesSchema } from './saved-devices.ts';

/** What the browser keeps between visits. Old or foreign content is dropped part by part, never trusted. */
const KEY = 'chatmux';

const savedSchema = z.object({
  profile: z
    .object({
      name: z.string().max(200),
      colour: z
        .int()
        .min(0)
        .max(PERSON_COLOURS - 1),
    })
    .optional()
    .catch(undefined),
  settings: z
    .object({
      quality: z.enum(['auto', 'low', 'medium', 'high']),
      maxFps: z.int().min(0).max(240),
      theme: z.enum(['system', 'dark', 'light']),
      volume: z.number().min(0).max(1),
      // Younger than the others: where they are missing the rest still counts.
      sound: z.enum(['auto', 'headphones', 'speakers', 'plain']).catch('auto'),
      hearWhom: z.enum(['everyone', 'circle']).catch('everyone'),
      direct: z.boolean().catch(true),
      pictures: z.enum(PICTURE_CODECS).catch('vp8'),
      screenKind: z.enum(['text', 'motion']).catch('text'),
      nameTags: z.boolean(),
    })
    .optional()
    .catch(undefined),
  devices: savedDevicesSchema.optional().catch(undefined),
  guestKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .optional()
    .catch(undefined),
});
export type Saved = z.infer<typeof savedSchema>;

/** Reads what was kept; an empty object where storage is closed (private windows) or holds something else. */
export function loadSaved(): Saved {
  try {
    return savedSchema.parse(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
  } catch {
    return {};
  }
}

/** Keeps the given parts, leaving the others. Where storage is closed nothing is kept, and everything still works. */
export function save(part: Partial<Saved>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...loadSaved(), ...part }));
  } catch (error) {
    console.debug('settings are not kept: this browser keeps nothing for the page', error);
  }
}

/** The secret this browser is known by: 32 random bytes in base64url, made on first use. */
export function guestKey(): string {
  const kept = loadSaved().guestKey;
  if (kept) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const key = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  save({ guestKey: key });
  return key;
}
