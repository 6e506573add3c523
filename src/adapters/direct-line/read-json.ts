import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

/**
 * The body as JSON, or undefined where there is none. Read by hand, because restify's parsers would also unpack what
 * is compressed (a few bytes become a great many) and put uploaded files on the disk.
 * @throws {Refusal} 413 beyond `maxBytes`, 415 for anything but plain JSON, 400 where it is broken.
 */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const { headers } = request;
  if (headers['content-encoding'] !== undefined) throw new Refusal(415, 'Compressed bodies are not taken');
  const body = await readAtMost(request, maxBytes);
  if (body.length === 0) return undefined;
  if (!/^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? ''))
    throw new Refusal(415, 'The body must be application/json');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    // What V8 says of broken JSON quotes it.
    throw new Refusal(400, 'The body is not JSON');
  }
}

function readAtMost(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    // What comes beyond the limit is read and let go: a connection cut while the client writes hides the answer.
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (size > maxBytes) reject(new Refusal(413, `A body may have ${maxBytes} bytes at most`));
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => reject(new Refusal(400, 'The body broke off')));
    request.on('aborted', () => reject(new Refusal(400, 'The body broke off')));
  });
}
