import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isStillGood, keepCertificate } from './certificate.ts';

const NAMES = ['localhost', '127.0.0.1', '192.168.7.9'];
const DAY_MS = 24 * 3_600_000;

describe('keepCertificate', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chatmux-tls-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes one that a TLS server really serves and a client that trusts it accepts by IP', async () => {
    const { certFile, keyFile } = await keepCertificate(join(folder, 'tls'), NAMES, Date.now());
    const cert = readFileSync(certFile, 'utf8');
    const server = createServer({ cert, key: readFileSync(keyFile) }, (_request, response) =>
      response.end('hello'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const status = await new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, ca: cert }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      });
      asked.on('error', reject).end();
    });
    await new Promise((resolve) => server.close(resolve));
    expect(status).toBe(200);
  });

  it.skipIf(process.platform === 'win32')(
    'lets nobody else read the key, even where the file was there before',
    async () => {
      writeFileSync(join(folder, 'key.pem'), 'old', { mode: 0o644 });
      const { keyFile } = await keepCertificate(folder, NAMES, Date.now());
      expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    },
  );

  it('keeps a good one, and makes a new one for a new address, near its end, or when it is broken', async () => {
    const now = Date.now();
    const serial = async (names: readonly string[], at: number) =>
      new X509Certificate(readFileSync((await keepCertificate(folder, names, at)).certFile)).serialNumber;
    const first = await serial(NAMES, now);
    expect(await serial(NAMES, now + 100 * DAY_MS)).toBe(first);
    const second = await serial([...NAMES, '10.0.0.5'], now);
    expect(second).not.toBe(first);
    const third = await serial(NAMES, now + 360 * DAY_MS);
    expect(third).not.toBe(second);
    writeFileSync(join(folder, 'cert.pem'), 'not a certificate');
    expect(await serial(NAMES, now)).not.toBe(third);
  });

  it('knows names it does not have', async () => {
    const { certFile } = await keepCertificate(folder, NAMES, Date.now());
    const pem = readFileSync(certFile, 'utf8');
    expect(isStillGood(pem, ['localhost', '192.168.7.9'], Date.now())).toBe(true);
    expect(isStillGood(pem, ['example.org'], Date.now())).toBe(false);
    expect(isStillGood(pem, ['192.168.7.10'], Date.now())).toBe(false);
  });
});
