/** A key as it is written on it, from its place on the keyboard: letters only have their own name. */
export const keyName = (code: string): string => code.replace(/^Key/, '');
