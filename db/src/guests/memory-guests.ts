import { checkHash, checkLook, checkTime } from '../checks.ts';
import { checkPlace } from './check-place.ts';
import type { Guest, GuestRepository } from './guest-repository.ts';

/** Guests in memory, gone with the process: for tests and for a world that is to remember nobody. */
export function memoryGuests(): GuestRepository {
  const guests = new Map<string, Guest>();

  function keep(guest: Guest): Guest {
    guests.set(guest.keyHash, guest);
    return guest;
  }

  return {
    async visit(keyHash, look, now) {
      checkHash(keyHash, 'key hash');
      checkLook(look);
      checkTime(now);
      const { name, colour } = look;
      const known = guests.get(keyHash);
      if (known) return keep({ ...known, name, colour, seenAt: now });
      return keep({
        id: guests.size + 1,
        keyHash,
        name,
        colour,
        place: undefined,
        createdAt: now,
        seenAt: now,
      });
    },

    async leftAt(keyHash, place, now) {
      checkHash(keyHash, 'key hash');
      checkPlace(place);
      checkTime(now);
      const known = guests.get(keyHash);
      if (!known) return undefined;
      const { worldId, x, z, yaw } = place;
      return keep({ ...known, place: { worldId, x, z, yaw }, seenAt: now });
    },

    async find(keyHash) {
      checkHash(keyHash, 'key hash');
      return guests.get(keyHash);
    },
  };
}
