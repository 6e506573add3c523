import type { IncomingMessage } from 'node:http';

/** A body cannot be read. `status` is the HTTP status that says so; the message holds nothing of what was sent. */
export class BodyError extends Error {
  readonly status: 400 | 413 | 415;
  constructor(status: 400 | 413 | 415, why: string) {
    super(why);
    this.name = 'BodyError';
    this.status = status;
  }
}

/**
 * The body as JSON, or undefined where there is none.
 * @throws {BodyError} 413 beyond `maxBytes`, 415 for anything but plain JSON, 400 where it is broken.
 */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const text = await readBody(request, 'application/json', maxBytes);
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // What V8 says of broken JSON quotes it.
    throw new BodyError(400, 'The body is not JSON');
  }
}

/**
 * The fields of a form that a browser sent, the first of each name, with line ends as \n.
 * @throws {BodyError} 413 beyond `maxBytes`, 415 for anything but a plain form, 400 where it breaks off or is no UTF-8.
 */
export async function readForm(request: IncomingMessage, maxBytes: number): Promise<Record<string, string>> {
  const text = await readBody(request, 'application/x-www-form-urlencoded', maxBytes);
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text))
    if (!fields.has(name)) fields.set(name, value.replace(/\r\n?/g, '\n').replaceAll('\0', ''));
  return Object.fromEntries(fields);
}

// By hand, because restify's parsers would also unpack what is compressed (a few bytes become a great many) and put
// uploaded files on the disk.
async function readBody(request: IncomingMessage, type: string, maxBytes: number): Promise<string> {
  const { headers } = request;
  const given = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  const body = await readAtMost(request, maxBytes);
  if (body.length === 0) return '';
  if (headers['content-encoding'] !== undefined || given !== type)
    throw new BodyError(415, `The body must be ${type}, not compressed`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new BodyError(400, 'The body is no UTF-8');
  }
}

function readAtMost(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const brokeOff = () => reject(new BodyError(400, 'The body broke off'));
    // What comes beyond the limit is read and let go: a connection cut while the client writes hides the answer.
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(new BodyError(413, `A body may have ${maxBytes} bytes at most`));
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', brokeOff);
    request.on('aborted', brokeOff);
  });
}
