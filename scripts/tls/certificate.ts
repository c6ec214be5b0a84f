import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';

const VALID_DAYS = 365;
const RENEW_BEFORE_MS = 7 * 24 * 3_600_000;

/** Where a certificate and its key lie, in PEM form. */
export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** True when the certificate is valid for all names at `now` (Unix milliseconds) and for a week to come. */
export function isStillGood(pem: string, names: readonly string[], now: number): boolean {
  const certificate = new X509Certificate(pem);
  if (certificate.validFromDate.getTime() > now || certificate.validToDate.getTime() < now + RENEW_BEFORE_MS)
    return false;
  return names.every(
    (name) => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined,
  );
}

/**
 * Keeps a self-made certificate for `names` (host names and IP addresses) in `folder`: the one that is there while it
 * is good for all of them, otherwise a new one. The key can be read by its owner alone.
 */
export async function keepCertificate(
  folder: string,
  names: readonly string[],
  now: number,
): Promise<CertificateFiles> {
  const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
  if (
    existsSync(files.keyFile) &&
    existsSync(files.certFile) &&
    isReadableAndGood(files.certFile, names, now)
  )
    return files;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const made = await generate([{ name: 'commonName', value: 'chatMUX on this network' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // A little back in time, for phones whose clock is slow.
    notBeforeDate: new Date(now - 24 * 3_600_000),
    notAfterDate: new Date(now + VALID_DAYS * 24 * 3_600_000),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
      },
    ],
  });
  writeFileSync(files.keyFile, made.private, { mode: 0o600 });
  chmodSync(files.keyFile, 0o600); // the mode above counts only where the file is new
  writeFileSync(files.certFile, made.cert);
  return files;
}

function isReadableAndGood(certFile: string, names: readonly string[], now: number): boolean {
  try {
    return isStillGood(readFileSync(certFile, 'utf8'), names, now);
  } catch {
    return false; // broken: a new one replaces it
  }
}
