/**
 * The twelve colours people choose from, numbered as in `Profile.colour`. Found by searching for the largest smallest
 * distance (OKLab) between any two, seen with full colour vision and with each kind of colour blindness; most of the
 * difference therefore lies in lightness. Neighbours in the list are far apart. Colour never says anything alone.
 */
export const PERSON_COLOUR_LIST: readonly PersonColour[] = [
  { name: 'orange', hex: '#d77427', onDark: '#d77427', onLight: '#a45c25', ink: '#14161f' },
  { name: 'blue', hex: '#244ba4', onDark: '#718ac4', onLight: '#244ba4', ink: '#ffffff' },
  { name: 'jade', hex: '#40b28e', onDark: '#40b28e', onLight: '#317b67', ink: '#14161f' },
  { name: 'gold', hex: '#deac21', onDark: '#deac21', onLight: '#876b20', ink: '#14161f' },
  { name: 'violet', hex: '#9679df', onDark: '#9679df', onLight: '#7761b1', ink: '#14161f' },
  { name: 'brick', hex: '#93250d', onDark: '#bd7a6b', onLight: '#93250d', ink: '#ffffff' },
  { name: 'sky', hex: '#7de6fa', onDark: '#7de6fa', onLight: '#447684', ink: '#14161f' },
  { name: 'plum', hex: '#674564', onDark: '#9b8499', onLight: '#674564', ink: '#ffffff' },
  { name: 'cream', hex: '#e0d4a8', onDark: '#e0d4a8', onLight: '#746f5f', ink: '#14161f' },
  { name: 'teal', hex: '#347e93', onDark: '#5294a6', onLight: '#33778b', ink: '#ffffff' },
  { name: 'lavender', hex: '#abacf1', onDark: '#abacf1', onLight: '#6a6b97', ink: '#14161f' },
  { name: 'clay', hex: '#96634f', onDark: '#aa8170', onLight: '#95624f', ink: '#ffffff' },
];

export interface PersonColour {
  /** A word for it, for labels and screen readers. */
  readonly name: string;
  /** The colour itself: clothes, dots, rings. */
  readonly hex: string;
  /** The same as text on the dark theme's panels, and on the light theme's: contrast AA or better. */
  readonly onDark: string;
  readonly onLight: string;
  /** Text and glyphs upon the colour itself. */
  readonly ink: string;
}

/** The twelve hex strings alone, in the same order. */
export const personColours: readonly string[] = PERSON_COLOUR_LIST.map((colour) => colour.hex);

/** A person's colour; a number from elsewhere that is out of range wraps around instead of failing. */
export function personColour(index: number): PersonColour {
  const count = PERSON_COLOUR_LIST.length;
  const colour = PERSON_COLOUR_LIST[((Math.trunc(index) % count) + count) % count];
  if (!colour) throw new RangeError(`There is no person colour ${index}.`);
  return colour;
}
