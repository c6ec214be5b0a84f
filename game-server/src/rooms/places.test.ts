import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_PROMISES_OF_ADDRESS, Places } from './places.ts';

const nobodyKept = { count: 0, keeps: () => false };
/** Everybody has an address of their own where none is named. */
const by = (sessionId: string, guestHash: string, address = sessionId) => ({ sessionId, guestHash, address });

describe('places', () => {
  it('are promised up to the last, and again when a promise runs out', () => {
    const places = new Places(2, 1000);
    expect(places.promise(by('a', 'A'), nobodyKept, 0)).toBe('promised');
    expect(places.promise(by('b', 'B'), nobodyKept, 500)).toBe('promised');
    expect(places.promise(by('c', 'C'), nobodyKept, 999)).toBe('full');
    expect(places.promise(by('c', 'C'), nobodyKept, 1000)).toBe('promised');
    expect(places.promise(by('d', 'D'), nobodyKept, 1499)).toBe('full');
  });

  it('of those who have come count as their seats', () => {
    const places = new Places(2, 1000);
    places.promise(by('a', 'A'), nobodyKept, 0);
    places.arrived('a');
    expect(places.promise(by('b', 'B'), { count: 1, keeps: () => false }, 0)).toBe('promised');
    expect(places.promise(by('c', 'C'), { count: 1, keeps: () => false }, 0)).toBe('full');
  });

  it('that are kept are for their guest, once', () => {
    const places = new Places(2, 1000);
    const full = { count: 2, keeps: (hash: string) => hash === 'A' };
    expect(places.promise(by('b', 'B'), full, 0)).toBe('full');
    expect(places.promise(by('a1', 'A'), full, 0)).toBe('promised');
    expect(places.promise(by('a2', 'A'), full, 0)).toBe('full');
    expect(places.promise(by('a3', 'A'), full, 1000)).toBe('promised');
  });

  describe('asked for by one address', () => {
    const asks = (places: Places, count: number, nowMs = 0) =>
      Array.from({ length: count }, (_, i) =>
        places.promise(by(`s${i}`, `g${i}`, 'school'), nobodyKept, nowMs),
      );

    it('are promised to so many who have not come yet, and no more', () => {
      const places = new Places(100, 1000);
      const answers = asks(places, MAX_PROMISES_OF_ADDRESS + 1);
      expect(answers.slice(0, -1)).toEqual(Array(MAX_PROMISES_OF_ADDRESS).fill('promised'));
      expect(answers.at(-1)).toBe('too-many');
      expect(places.promise(by('other', 'o', 'elsewhere'), nobodyKept, 0)).toBe('promised');
    });

    it('are free for the next as soon as somebody has come, or a promise ran out', () => {
      const places = new Places(100, 1000);
      asks(places, MAX_PROMISES_OF_ADDRESS);
      const next = (id: string, nowMs: number) => places.promise(by(id, id, 'school'), nobodyKept, nowMs);
      places.arrived('s3');
      expect([next('a', 999), next('b', 999)]).toEqual(['promised', 'too-many']);
      expect(next('b', 1000)).toBe('promised');
    });

    it('are there for who returns to a kept seat, however many are on their way', () => {
      const places = new Places(100, 1000);
      asks(places, MAX_PROMISES_OF_ADDRESS);
      const kept = { count: 1, keeps: (hash: string) => hash === 'A' };
      expect(places.promise(by('a', 'A', 'school'), kept, 0)).toBe('promised');
      expect(places.promise(by('a2', 'A', 'school'), kept, 0)).toBe('too-many');
    });

    it('are not said to be full, which would open another copy for them', () => {
      const places = new Places(MAX_PROMISES_OF_ADDRESS, 1000);
      asks(places, MAX_PROMISES_OF_ADDRESS);
      expect(asks(places, 1)).toEqual(['too-many']);
      expect(places.promise(by('other', 'o', 'elsewhere'), nobodyKept, 0)).toBe('full');
    });
  });

  it('never hold more people than fit, whatever happens in whatever order', () => {
    const step = fc.record({
      what: fc.constantFrom('ask', 'arrive', 'drop', 'leave', 'wait'),
      who: fc.integer({ min: 0, max: 7 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const capacity = 3;
        const places = new Places(capacity, 10);
        const seats: { guest: string; kept: boolean }[] = [];
        const coming: { session: string; guest: string; endMs: number }[] = [];
        let nowMs = 0;
        let sessions = 0;
        const keeps = (guest: string) => seats.some((seat) => seat.guest === guest && seat.kept);
        for (const { what, who } of steps) {
          const guest = String(who % 5);
          if (what === 'wait') nowMs += who;
          else if (what === 'ask') {
            sessions += 1;
            const session = String(sessions);
            if (places.promise(by(session, guest), { count: seats.length, keeps }, nowMs) === 'promised')
              coming.push({ session, guest, endMs: nowMs + 10 });
          } else if (what === 'arrive') {
            const next = coming.splice(who % Math.max(1, coming.length), 1)[0];
            if (!next || next.endMs <= nowMs) continue;
            places.arrived(next.session);
            const kept = seats.find((seat) => seat.guest === next.guest && seat.kept);
            if (kept) kept.kept = false;
            else seats.push({ guest: next.guest, kept: false });
          } else {
            const seat = seats[who % Math.max(1, seats.length)];
            if (seat && what === 'drop') seat.kept = true;
            else if (seat) seats.splice(seats.indexOf(seat), 1);
          }
          expect(seats.length).toBeLessThanOrEqual(capacity);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
