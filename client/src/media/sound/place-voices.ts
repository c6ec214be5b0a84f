import type { Metres, Milliseconds, PersonId, Radians } from '@chatmux/schema';
import { type PersonSound, type SoundRung, USUAL_SOUND } from '../../store/sound.ts';
import type { Person } from '../people.ts';
import { type Heard, hear } from './hearing.ts';
import { createNearestFew } from './nearest-few.ts';
import type { VoiceKind } from './voice-chain.ts';
import { mixOf } from './voice-mix.ts';

export interface Place {
  x: Metres;
  z: Metres;
}
export type Listener = Place & { yaw: Radians };

/** How somebody is to be heard. */
export interface WantedSound {
  sound: PersonSound;
  /** They are not of our circle, and only that is wanted. */
  outside: boolean;
}
const USUAL: WantedSound = { sound: USUAL_SOUND, outside: false };

/** Tells every voice how loud, from where and in which way it is heard. */
export interface VoicePlaces {
  /** Loudness of everyone, 0 to 1. */
  setVolume(volume: number): void;
  setRung(rung: SoundRung): void;
  /** @param at undefined while unknown: they are silent then */
  place(person: Person, at: Place | undefined, listener: Listener, nowMs: Milliseconds): void;
  placeAll(
    people: Iterable<Person>,
    where: (id: PersonId) => Place | undefined,
    listener: Listener,
    nowMs: Milliseconds,
  ): void;
}

/** @param soundOf asked for each voice that is placed */
export function createVoicePlaces(soundOf: (id: PersonId) => WantedSound = () => USUAL): VoicePlaces {
  const few = createNearestFew();
  const heard: Heard = { distance: 0, gain: 0, x: 0, z: -1 };
  let volume = 1;
  let rung: SoundRung = 'speakers';

  function kindOf(id: PersonId): VoiceKind {
    if (rung === 'plain') return 'plain';
    return rung === 'headphones' && few.has(id) ? 'around' : 'sides';
  }

  function place(person: Person, at: Place | undefined, listener: Listener, nowMs: Milliseconds): void {
    const carry = person.plan?.carry;
    if (at) hear(heard, listener, at, carry);
    person.distance = at && heard.distance;
    if (!person.voice && !person.screenVoice) return;
    const { sound, outside } = soundOf(person.id);
    const gain = at ? heard.gain * mixOf(volume, sound, outside, carry ?? 'distance') : 0;
    person.voice?.place(at && heard, gain, nowMs, kindOf(person.id));
    // Their screen sounds where they stand.
    person.screenVoice?.place(at && heard, gain, nowMs, rung === 'plain' ? 'plain' : 'sides');
  }

  return {
    setVolume(next) {
      volume = Math.min(Math.max(next, 0), 1);
    },
    setRung(next) {
      rung = next;
    },
    place,
    placeAll(people, where, listener, nowMs) {
      const all = [...people];
      if (rung === 'headphones')
        few.choose(
          all.filter(({ playing }) => playing),
          nowMs,
        );
      for (const person of all) place(person, where(person.id), listener, nowMs);
    },
  };
}
