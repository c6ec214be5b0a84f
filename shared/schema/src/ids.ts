import { z } from 'zod';

/** Names a person in a room, in roster and pose frames. */
export const personId = z.int().min(1).max(65535);
