import type { IncomingMessage } from 'node:http';

/**
 * Whether a form was sent from a page of ours, as far as the browser says. Sec-Fetch-Site is asked first: pages without
 * a referrer send their own forms with `Origin: null`. A browser that says neither is left to the form's token.
 */
export function isFromHere(request: IncomingMessage, address: string | null): boolean {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (origin === undefined || origin === 'null') return true;
  if (!URL.canParse(origin)) return false;
  return address ? new URL(address).origin === new URL(origin).origin : new URL(origin).host === host;
}
