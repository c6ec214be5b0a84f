import type { SoundChoice, SoundRung } from '../../store/sound.ts';

/** How sound leaves us: straight to the speakers, or through a connection to ourselves that the echo canceller hears. */
export type SoundWay = 'straight' | 'loopback';

export interface SoundSituation {
  choice: SoundChoice;
  /** Name of the speakers in use as the browser gives it; empty while unknown. */
  speaker: string;
  /** Our microphone is open. */
  micOn: boolean;
  /** The browser takes echo out of our microphone. */
  cancelsEcho: boolean;
  /** The browser's echo canceller knows only what came through a connection: Chromium and its kin. */
  deafCanceller: boolean;
  /** This device is weak: HRTF would cost it too much. */
  isWeak: boolean;
}

export interface SoundStep {
  rung: SoundRung;
  way: SoundWay;
  /** Why this rung, in a sentence for people. */
  why: string;
}

const HEADPHONES =
  /head ?phone|head ?set|ear ?(bud|phone|pod|piece)|air ?pods|buds|kopfhörer|casque|auricular/i;

/**
 * Which step of the ladder is on, and why. Without a choice and without a telling name it is the one for speakers: it
 * is right for them and does no harm on headphones, while the others' echo would do harm the other way round.
 */
export function soundStep(situation: SoundSituation): SoundStep {
  const { choice, speaker, micOn, cancelsEcho, deafCanceller } = situation;
  const [rung, why] = choice === 'auto' ? suited(speaker, situation.isWeak) : ([choice, CHOSEN] as const);
  // On headphones the microphone hears nothing of it.
  const mayEcho = rung !== 'headphones' && micOn && cancelsEcho && deafCanceller;
  return { rung, way: mayEcho ? 'loopback' : 'straight', why };
}

const CHOSEN = 'You chose it.';

function suited(speaker: string, isWeak: boolean): readonly [SoundRung, string] {
  if (!HEADPHONES.test(speaker))
    return speaker === ''
      ? ['speakers', 'We can’t tell what you listen on, and this is right for most.']
      : ['speakers', `“${speaker}” doesn’t look like headphones.`];
  if (isWeak) return ['speakers', 'You seem to wear headphones, but this device is too busy for more.'];
  return ['headphones', `“${speaker}” looks like headphones.`];
}

/** What a browser says of itself. `userAgentData` is Chromium's alone. */
export interface BrowserWords {
  userAgent: string;
  userAgentData?: { brands: readonly { brand: string }[] };
}

/**
 * True for Chromium and its kin on every system but Apple's phones, where all browsers are Safari within. Their echo
 * canceller hears what connections bring, not what Web Audio plays (crbug.com/687574).
 */
export function hasDeafCanceller({ userAgent, userAgentData }: BrowserWords): boolean {
  if (userAgentData) return userAgentData.brands.some(({ brand }) => brand === 'Chromium');
  return /\bChrom(e|ium)\//.test(userAgent);
}
