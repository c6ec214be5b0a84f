/** Over HTTPS. `__Host-`: browsers take it from this very host alone, over HTTPS alone (RFC 6265bis, 4.1.3.2). */
export const SECURE_NAME = '__Host-chatmux';
/** Over plain HTTP, which is for this machine itself: not every browser would take the other there. */
export const PLAIN_NAME = 'chatmux';

/** What lucia makes: 25 random bytes in base32. */
const SECRET = /^[a-z2-7]{40}$/;

/**
 * The secret a cookie of this name carries, from the Cookie header as it stands (RFC 6265bis, 5.7). Names are compared
 * letter by letter: a parser that decodes them takes `%5F%5FHost-…` for a name which browsers guard, and anybody near may
 * set that one. A name that comes twice has a second author, so it counts for nothing.
 */
export function secretIn(header: string, name: string): string | undefined {
  return valueIn(header, name, SECRET);
}

/** As `secretIn`, of a value of another shape. */
export function valueIn(header: string, name: string, shape: RegExp): string | undefined {
  const values: string[] = [];
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at >= 0 && pair.slice(0, at).trim() === name) values.push(pair.slice(at + 1).trim());
  }
  const [value] = values;
  return values.length === 1 && value !== undefined && shape.test(value) ? value : undefined;
}
