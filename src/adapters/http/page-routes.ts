import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Request, Response } from 'restify';
import { z } from 'zod';
import type { Locale } from '../../text/words.ts';
import { type EncodedBody, etagOf, sendBody } from './encoded-body.ts';
import type { Routes } from './service.ts';

// A language that we do not have is no reason to refuse the page.
const query = z.object({ lang: z.enum(['sv', 'en']).catch('sv') });

/** The routes of a page that is the same for everybody: made when it is first asked for, in each language once. */
export function pageRoutes(
  path: string,
  headers: Record<string, string>,
  pageIn: (locale: Locale) => string,
): Routes {
  const made = new Map<Locale, EncodedBody>();
  const send = async (request: Request, response: Response) => {
    const { lang } = query.parse(Object.fromEntries(new URLSearchParams(request.getQuery())));
    const body = made.get(lang) ?? encode(pageIn(lang));
    made.set(lang, body);
    sendBody(request, response, body, { ...headers, 'content-language': lang });
  };
  return (server, throttle) => {
    server.get(path, throttle, send);
    server.head(path, throttle, send);
  };
}

// Somebody waits for it: nearly as small as at its best, in a tenth of the time.
function encode(markup: string): EncodedBody {
  const plain = Buffer.from(markup);
  const br = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });
  return { plain, br, gzip: gzipSync(plain), etag: etagOf(plain) };
}
