import { createHash } from 'node:crypto';
import type { Request, Response } from 'restify';

/** A body as it is and, where there are any, in its compressed forms. */
export interface EncodedBody {
  plain: Buffer;
  br?: Buffer;
  gzip?: Buffer;
  /** Changes with the body. */
  etag: string;
}

type Encoding = 'br' | 'gzip';

/** An etag for a body: a quoted digest of its bytes. */
export function etagOf(body: Buffer): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

/** Sends the body in the best form that the client takes, or 304 where it has it already. */
export function sendBody(
  request: Request,
  response: Response,
  body: EncodedBody,
  headers: Record<string, string>,
): void {
  const cached = { ...headers, etag: body.etag, vary: 'Accept-Encoding' };
  if (isAmong(request.header('if-none-match'), body.etag)) {
    response.writeHead(304, cached);
    response.end();
    return;
  }
  const encoding = encodingFor(request.header('accept-encoding'), body);
  const bytes = (encoding && body[encoding]) ?? body.plain;
  response.writeHead(200, {
    ...cached,
    ...(encoding ? { 'content-encoding': encoding } : {}),
    'content-length': bytes.length,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/** The smallest form of `body` that an Accept-Encoding header allows (RFC 9110, 12.5.3); undefined for the plain one. */
function encodingFor(header: string | undefined, body: EncodedBody): Encoding | undefined {
  const weights = new Map(
    (header ?? '').split(',').map((item) => {
      const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
      const q = parameters.find((parameter) => parameter.startsWith('q='));
      return [name, q ? Number(q.slice(2)) : 1] as const;
    }),
  );
  const encodings: readonly Encoding[] = ['br', 'gzip'];
  return encodings.find((name) => body[name] && (weights.get(name) ?? weights.get('*') ?? 0) > 0);
}

// A proxy that compresses may have made the etag a weak one.
function isAmong(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}
