import type { Logger } from 'pino';
import {
  createServer,
  plugins,
  type Request,
  type RequestHandler,
  type Response,
  type Server,
} from 'restify';
import { type Page, pageHeaders } from './ticket-page.ts';

/** What the HTTP service is made of. */
export interface ServiceParts {
  messages: RequestHandler;
  /** The page of the ticket that a token opens. */
  ticket: (token: string) => Promise<Page>;
  /** Whether requests can be answered now; false while starting and stopping. */
  ready: () => Promise<boolean>;
  /** Requests a second from one address, and how many at once above that. */
  rate: { perSecond: number; burst: number };
  /** restify's own words: quieter than ours, because it names addresses of callers. */
  log: Logger;
}

const MAX_BODY_BYTES = 256 * 1024;

/** The HTTP service: the bot's endpoint, the page of a ticket, and the two that say how it is. */
export function createService({ messages, ticket, ready, rate, log }: ServiceParts): Server {
  const server = createServer({ name: 'sekretessassistenten', ignoreTrailingSlash: true, log: log as never });
  server.pre(plugins.pre.sanitizePath());
  // What V8 says of broken JSON quotes it.
  server.on('InvalidContent', (_request, _response, error: { body?: unknown }, next: () => void) => {
    error.body = { error: 'The body is not JSON' };
    next();
  });
  server.get('/healthz', (_request, response, next) => {
    response.send(200, { status: 'ok' });
    next(false);
  });
  server.get('/readyz', async (_request: Request, response: Response) => {
    const isReady = await ready().catch(() => false);
    response.send(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready' });
  });
  const throttle = plugins.throttle({ rate: rate.perSecond, burst: rate.burst, ip: true });
  server.get('/request/:token', throttle, async (request: Request, response: Response) => {
    const { status, html } = await ticket(String(request.params.token));
    response.sendRaw(status, html, pageHeaders);
  });
  server.post(
    '/api/messages',
    throttle,
    plugins.bodyParser({ maxBodySize: MAX_BODY_BYTES, mapParams: false }),
    messages as never,
  );
  return server;
}
