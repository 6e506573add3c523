import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

const SKEW_MS = 15 * 60_000;

/** Checks the signature as the service documents it: over verb, kind of resource, its link and the date. */
export function authorize(request: IncomingMessage, path: string, key: string, now: number): void {
  const date = String(request.headers['x-ms-date'] ?? '');
  const given = decodeURIComponent(String(request.headers.authorization ?? ''));
  const { type, link } = resourceOf(path);
  const text = [request.method?.toLowerCase(), type, link, date.toLowerCase(), '', ''].join('\n');
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64');
  const [wanted, got] = [Buffer.from(`type=master&ver=1.0&sig=${signature}`), Buffer.from(given)];
  if (wanted.length !== got.length || !timingSafeEqual(wanted, got))
    throw new Refusal(401, "The input authorization token can't serve the request.");
  if (!(Math.abs(Date.parse(date) - now) <= SKEW_MS))
    throw new Refusal(403, 'The authorization token is not valid at the current time.');
}

// /dbs/d/colls/c/docs is signed as the kind "docs" in the link "dbs/d/colls/c"; with an id, the link is the whole path.
function resourceOf(path: string): { type: string; link: string } {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  const isFeed = parts.length % 2 === 1;
  const type = (isFeed ? parts.at(-1) : parts.at(-2)) ?? '';
  return { type, link: (isFeed ? parts.slice(0, -1) : parts).join('/') };
}
