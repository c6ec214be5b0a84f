import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';

const FILES = [
  { path: '/admin', name: 'admin.html', type: 'text/html; charset=utf-8' },
  { path: '/admin/admin.css', name: 'admin.css', type: 'text/css; charset=utf-8' },
  { path: '/admin/admin.js', name: 'admin.js', type: 'text/javascript; charset=utf-8' },
  { path: '/admin/charts.js', name: 'charts.js', type: 'text/javascript; charset=utf-8' },
] as const;

/** Reads the operators' page, once. What it gives sends a file of it, and says whether there was one at that path. */
export function pageFiles(): (path: string, response: ServerResponse) => boolean {
  const files = new Map(
    FILES.map(({ path, name, type }) => {
      const body = readFileSync(new URL(`./page/${name}`, import.meta.url));
      return [path as string, { type, body }];
    }),
  );
  return (path, response) => {
    const file = files.get(path);
    if (!file) return false;
    response.setHeader('Cache-Control', 'no-cache');
    response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.body.length });
    response.end(file.body);
    return true;
  };
}
