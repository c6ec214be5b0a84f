import type { IncomingMessage } from 'node:http';
import { HttpProblem } from './answers.ts';

/**
 * Reads a JSON object from the body of a request; an empty body is an empty object.
 * @param maxBytes most bytes that are read; beyond them the rest is not even looked at
 * @throws HttpProblem 413 too large, 415 not JSON by its type, 400 not an object
 */
export async function readJsonObject(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Record<string, unknown>> {
  // A form of a foreign page can't claim this type without being asked about its origin first; nor can an empty one.
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new HttpProblem(415, 'bad-message', 'The body must be application/json.');
  }
  // Asked before reading, so that a body which is announced as too large is never sent.
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Kept open when we stop reading, or there would be no connection left to say why.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a request gives its body in buffers');
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  if (bytes === 0) return {};
  const value = parse(Buffer.concat(chunks).toString('utf8'));
  if (!isObject(value)) throw new HttpProblem(400, 'bad-message', 'The body must be a JSON object.');
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpProblem(400, 'bad-message', 'The body is not JSON.');
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tooLarge(maxBytes: number): HttpProblem {
  return new HttpProblem(413, 'too-large', `The body is larger than ${maxBytes} bytes.`);
}
