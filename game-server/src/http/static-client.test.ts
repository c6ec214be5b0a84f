import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HttpProblem, sendProblem } from './answers.ts';
import { cacheControl, staticClient, wantsPage } from './static-client.ts';
import { ask } from './testing/ask.ts';

const AS_BROWSER = { headers: { Accept: 'text/html,application/xhtml+xml' } };

/** A server that does nothing but serve a folder. */
async function serve(): Promise<{ folder: string; port: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'chatmux-static-'));
  const answer = staticClient(join(folder, 'dist'));
  const server = createServer((request, response) => {
    try {
      answer((request.url ?? '').split('?')[0] ?? '', request, response);
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error;
      sendProblem(response, error);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { folder, port: address.port };
}

/** Writes a build whose page says `words`, as old as `second`. */
function build(folder: string, words: string, second: number): void {
  const dist = join(folder, 'dist');
  mkdirSync(join(dist, 'assets'), { recursive: true });
  writeFileSync(join(dist, 'assets', 'index-Ab3_xY-9.js'), `/* ${words} */`);
  writeFileSync(join(dist, 'assets', 'index-Ab3_xY-9.js.gz'), 'packed');
  writeFileSync(join(dist, '.secret'), 'secret');
  writeFileSync(join(folder, 'outside.txt'), 'outside');
  writeFileSync(join(dist, 'index.html'), `<title>${words}</title>`);
  utimesSync(join(dist, 'index.html'), second, second);
}

describe('staticClient', () => {
  it('says what to do while nothing is built, and serves the build when it is there', async () => {
    const { folder, port } = await serve();
    const missing = await ask(port, '/', AS_BROWSER);
    expect(missing.status).toBe(503);
    expect(missing.text).toContain('npm start');
    expect((await ask(port, '/assets/index-Ab3_xY-9.js')).status).toBe(404);
    build(folder, 'first', 1000);
    expect((await ask(port, '/', AS_BROWSER)).text).toContain('first');
  });

  it('serves a newer build without a restart', async () => {
    const { folder, port } = await serve();
    build(folder, 'first', 1000);
    expect((await ask(port, '/')).text).toContain('first');
    build(folder, 'the second', 2000);
    writeFileSync(join(folder, 'dist', 'assets', 'new-Zz0_xY-9.js'), 'new');
    expect((await ask(port, '/')).text).toContain('the second');
    expect((await ask(port, '/assets/new-Zz0_xY-9.js')).text).toBe('new');
  });

  it('keeps hashed files for ever and the page never', async () => {
    const { folder, port } = await serve();
    build(folder, 'first', 1000);
    const script = await ask(port, '/assets/index-Ab3_xY-9.js');
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(script.headers['content-type']).toContain('javascript');
    for (const path of ['/', '/index.html', '/somewhere']) {
      expect((await ask(port, path, AS_BROWSER)).headers['cache-control'], path).toBe('no-cache');
    }
  });

  it('sends the packed file where there is one', async () => {
    const { folder, port } = await serve();
    build(folder, 'first', 1000);
    const packed = await ask(port, '/assets/index-Ab3_xY-9.js', { headers: { 'Accept-Encoding': 'gzip' } });
    expect(packed.text).toBe('packed');
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(packed.headers['content-type']).toContain('javascript');
  });

  it('answers an address with the page for a browser that opens it, and with 404 else', async () => {
    const { folder, port } = await serve();
    build(folder, 'first', 1000);
    expect((await ask(port, '/meet/ann?x=1', AS_BROWSER)).text).toContain('first');
    for (const path of ['/assets/gone-Ab3_xY-9.js', '/assets/gone', '/picture.png']) {
      expect((await ask(port, path, AS_BROWSER)).status, path).toBe(404);
    }
    expect((await ask(port, '/meet/ann')).status).toBe(404);
  });

  it.each([
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/assets/..%5c..%5coutside.txt',
    '/.secret',
    '/%',
  ])('gives nothing away at %s', async (path) => {
    const { folder, port } = await serve();
    build(folder, 'first', 1000);
    const { status, text } = await ask(port, path);
    expect(status).toBe(404);
    expect(text).not.toMatch(/outside|secret/);
  });

  it.each(['bytes=5-2', 'bytes=-1', 'bytes=9999-', 'lines=1-2', 'bytes=0-0,1-1'])(
    'answers the range %s with the whole',
    async (range) => {
      const { folder, port } = await serve();
      build(folder, 'first', 1000);
      const { status, text } = await ask(port, '/assets/index-Ab3_xY-9.js', { headers: { Range: range } });
      expect([status, text]).toEqual([200, '/* first */']);
    },
  );

  it('breaks off when a file has vanished since it was listed, and lives', async () => {
    const { folder, port } = await serve();
    build(folder, 'first', 1000);
    await ask(port, '/');
    rmSync(join(folder, 'dist', 'assets', 'index-Ab3_xY-9.js'));
    await expect(ask(port, '/assets/index-Ab3_xY-9.js')).rejects.toThrow();
    expect((await ask(port, '/')).status).toBe(200);
  });
});

describe('wantsPage', () => {
  it.each([
    ['/', undefined, true],
    ['/index.html', '*/*', true],
    ['/meet', 'text/html', true],
    ['/meet', '*/*', false],
    ['/meet', undefined, false],
    ['/meet.js', 'text/html', false],
    ['/v1.2/meet', 'text/html', true],
    ['/assets/x', 'text/html', false],
  ])('%s for %s: %s', (path, accept, expected) => {
    expect(wantsPage(path, accept)).toBe(expected);
  });
});

describe('cacheControl', () => {
  it.each(['/assets/index-Ab3_xY-9.js', '/assets/a-b-0123abcd.css'])('keeps %s', (path) => {
    expect(cacheControl(path)).toContain('immutable');
  });
  it.each([
    '/assets/big-fountain.glb',
    '/assets/deep/index-Ab3_xY-9.js',
    '/index-Ab3_xY-9.js',
    '/favicon.svg',
  ])('asks about %s', (path) => {
    expect(cacheControl(path)).toBe('no-cache');
  });
});
