import { statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv, { type RequestHandler } from 'sirv';
import { HttpProblem, sendPage } from './answers.ts';

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>chatMUX</title>
<h1>The page is not built yet</h1>
<p>The server runs, but there is no page to show. Stop it and run <code>npm start</code>, which builds the page first.</p>
</html>
`;

/**
 * Serves the built client: its files, and its page for every address that a person opens.
 * @param folder what Vite built; may be missing, and may be built anew while the server runs
 */
export function staticClient(
  folder: string,
): (path: string, request: IncomingMessage, response: ServerResponse) => void {
  const page = join(folder, 'index.html');
  let built: { readonly at: number; readonly serve: RequestHandler } | undefined;

  /** The files of the newest build. sirv lists a folder once, so a new page means a new list. */
  function files(): RequestHandler | undefined {
    const at = statSync(page, { throwIfNoEntry: false })?.mtimeMs;
    if (at === undefined) built = undefined;
    else if (built?.at !== at) {
      built = {
        at,
        serve: sirv(folder, { etag: true, gzip: true, brotli: true, extensions: [], setHeaders: cache }),
      };
    }
    return built?.serve;
  }

  return (path, request, response) => {
    const serve = files();
    const isPage = wantsPage(path, request.headers.accept);
    if (!serve) {
      if (!isPage) throw new HttpProblem(404, 'not-found', 'There is nothing at this address.');
      sendPage(response, 503, NOT_BUILT);
      return;
    }
    // sirv trusts ranges: an upside-down one would throw. A range may always be answered by the whole.
    delete request.headers.range;
    // It also leaves its file streams without a listener, and a file that has vanished would end the process.
    response.once('pipe', (stream) => stream.once('error', () => response.destroy()));
    serve(request, response, () => {
      if (!isPage) throw new HttpProblem(404, 'not-found', 'There is nothing at this address.');
      request.url = '/index.html';
      serve(request, response, () => {
        throw new HttpProblem(404, 'not-found', 'There is nothing at this address.');
      });
    });
  };
}

/**
 * Whether the page is a fit answer: someone opened an address in a browser, and it is not the address of a file. A
 * missing picture or script must stay missing, else a browser would try to run the page as code.
 */
export function wantsPage(path: string, accept: string | undefined): boolean {
  if (path === '/' || path === '/index.html') return true;
  if (/^\/(assets|worlds|matchmake)\//.test(path) || path.slice(path.lastIndexOf('/')).includes('.'))
    return false;
  return accept?.includes('text/html') ?? false;
}

/**
 * How long a file may be kept. Vite puts a hash of the content into the names in /assets/, so those never change; all
 * others, the page first of all, are asked about each time.
 */
export function cacheControl(path: string): string {
  const hash = /^\/assets\/[^/]+-([\w-]{8})\.\w+$/.exec(path)?.[1];
  // A plain word of eight letters (big-fountain.glb) is a name someone gave, not a hash.
  const isHashed = hash !== undefined && /[^a-z]/.test(hash);
  return isHashed ? 'public, max-age=31536000, immutable' : 'no-cache';
}

function cache(response: ServerResponse, path: string): void {
  response.setHeader('Cache-Control', cacheControl(path));
}
