import { createServer } from 'node:http';
import { build } from 'vite';

/** A page served from memory, for tests that need a browser and nothing of the world. */
export interface PageServer {
  url: string;
  close(): Promise<void>;
}

/** Builds one script and serves a page that runs it, on a free port of this machine. @param entry absolute path */
export async function servePage(entry: string): Promise<PageServer> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    root: import.meta.dirname,
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: entry, output: { entryFileNames: 'entry.js' } },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  const files = new Map<string, string>();
  for (const output of outputs)
    if ('output' in output)
      for (const file of output.output) {
        if (file.type === 'chunk') files.set(`/${file.fileName}`, file.code);
        // Workers are built by themselves.
        else if (file.fileName.endsWith('.js')) files.set(`/${file.fileName}`, String(file.source));
      }

  const server = createServer((request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?');
    const script = files.get(path);
    if (script !== undefined) response.setHeader('content-type', 'text/javascript').end(script);
    else if (path === '/') {
      response.setHeader('content-type', 'text/html');
      response.end(
        '<!doctype html><title>media</title><link rel="icon" href="data:,"><script type="module" src="/entry.js"></script>',
      );
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the page server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  };
}
