import type { IncomingMessage } from 'node:http';

/** A form cannot be read. `status` is the HTTP status that says so. */
export class FormError extends Error {
  readonly status: 400 | 413 | 415;
  constructor(status: 400 | 413 | 415, why: string) {
    super(why);
    this.name = 'FormError';
    this.status = status;
  }
}

/**
 * The fields of a form that a browser sent, the first of each name, with line ends as \n. Read by hand, because
 * restify's parsers would also unpack what is compressed.
 * @throws {FormError} 413 beyond `maxBytes`, 415 for anything but a plain form, 400 where it breaks off or is no UTF-8.
 */
export async function readForm(request: IncomingMessage, maxBytes: number): Promise<Record<string, string>> {
  const { headers } = request;
  const isForm = /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(headers['content-type'] ?? '');
  const body = await readAtMost(request, maxBytes);
  if (headers['content-encoding'] !== undefined || !isForm)
    throw new FormError(415, 'the body must be a plain form');
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(textOf(body)))
    if (!fields.has(name)) fields.set(name, value.replace(/\r\n?/g, '\n').replaceAll('\0', ''));
  return Object.fromEntries(fields);
}

function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new FormError(400, 'the body is no UTF-8');
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
    });
    request.on('end', () =>
      size > maxBytes
        ? reject(new FormError(413, `a form may have ${maxBytes} bytes at most`))
        : resolve(Buffer.concat(chunks)),
    );
    request.on('error', () => reject(new FormError(400, 'the body broke off')));
    request.on('aborted', () => reject(new FormError(400, 'the body broke off')));
  });
}
