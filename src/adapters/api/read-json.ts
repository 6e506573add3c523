import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.ts';

/** A request has a few fields of at most two thousand letters. */
export const MAX_BODY_BYTES = 64 * 1024;

/**
 * The body as JSON. Read by hand, because restify's parsers would unpack what is compressed and put files on the disk.
 * @throws {Problem} 413 beyond 64 KB, 415 for anything but plain JSON, 400 where it is broken or not there.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const { headers } = request;
  const isPlain = headers['content-encoding'] === undefined;
  if (!isPlain || !/^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '')) {
    request.resume();
    throw new Problem(415, 'not_json', 'The body must be application/json, not compressed');
  }
  const body = await readAtMost(request, MAX_BODY_BYTES);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    // What V8 says of broken JSON quotes it.
    throw new Problem(400, 'broken_body', 'The body is not JSON');
  }
}

function readAtMost(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const brokeOff = () => reject(new Problem(400, 'broken_body', 'The body broke off'));
    // What comes beyond the limit is read and let go: a connection cut while the program writes hides the answer.
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(new Problem(413, 'too_large', `A body may have ${maxBytes} bytes at most`));
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', brokeOff);
    request.on('aborted', brokeOff);
  });
}
