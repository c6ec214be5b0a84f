import { createHash } from 'node:crypto';

/**
 * What is kept of a secret that is random and long: whoever reads the database can't use it. A slow hash would be for
 * what people think of themselves.
 * @returns SHA-256, 64 small hexadecimal digits
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
