import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Whether a request may come from where it says. Browsers name their page's origin across origins and for every
 * WebSocket; a client without one is no browser, and needs its token like any other.
 */
export function isWelcome(request: IncomingMessage, origins: readonly string[]): boolean {
  const { origin } = request.headers;
  return origin === undefined || origins.includes(origin);
}

/** Lets the page that asks read the answer. Only for a request that is welcome. */
export function shareAnswer(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', 'retry-after');
}

/** What a browser asks beforehand is answered with; a day is as long as any browser remembers it. */
export const preflightHeaders = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
  'access-control-max-age': '86400',
};
