import { z } from 'zod';
import { type DeviceWishes, NEW_WISHES, TALK_KEYS, TALK_MODES, VOICE_PROFILES } from './devices.ts';

const deviceSchema = z.object({ id: z.string().max(500), name: z.string().max(500) });

/** What we kept at first: ids alone, and one switch for all that is done to the sound. */
const firstSchema = z
  .object({ micId: z.string(), camId: z.string(), speakerId: z.string(), cleanUp: z.boolean() })
  .transform(({ micId, camId, speakerId, cleanUp }): DeviceWishes => {
    const chosen = (id: string) => ({ id, name: '' });
    return {
      ...NEW_WISHES,
      chosen: { mic: chosen(micId), cam: chosen(camId), speaker: chosen(speakerId) },
      cleaning: { echo: cleanUp, noise: cleanUp, gain: cleanUp },
    };
  });

/** Each part that makes no sense is as it is for somebody new; the others still count. */
const wishesSchema = z.object({
  chosen: z.object({ mic: deviceSchema, cam: deviceSchema, speaker: deviceSchema }).catch(NEW_WISHES.chosen),
  cleaning: z.object({ echo: z.boolean(), noise: z.boolean(), gain: z.boolean() }).catch(NEW_WISHES.cleaning),
  profile: z.enum(VOICE_PROFILES).catch(NEW_WISHES.profile),
  talk: z.enum(TALK_MODES).catch(NEW_WISHES.talk),
  talkKey: z.enum(TALK_KEYS).catch(NEW_WISHES.talkKey),
}) satisfies z.ZodType<DeviceWishes>;

/** What is kept about devices, also as earlier versions kept it. */
export const savedDevicesSchema = z.union([firstSchema, wishesSchema]);
