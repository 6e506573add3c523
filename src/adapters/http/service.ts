import type { Logger } from 'pino';
import {
  createServer,
  plugins,
  type Request,
  type RequestHandler,
  type Response,
  type Server,
} from 'restify';

/** Adds the routes of one room to the server; `throttle` holds back an address that asks too often. */
export type Routes = (server: Server, throttle: RequestHandler) => void;

/** What the HTTP service is made of. */
export interface ServiceParts {
  messages: RequestHandler;
  routes: readonly Routes[];
  /** Whether requests can be answered now; false while starting and stopping. */
  ready: () => Promise<boolean>;
  /** Requests a second from one address, and how many at once above that. */
  rate: { perSecond: number; burst: number };
  /** restify's own words: quieter than ours, because it names addresses of callers. */
  log: Logger;
}

const MAX_BODY_BYTES = 256 * 1024;

/** The HTTP service: the bot's endpoint, the two that say how it is, and the routes of the other rooms. */
export function createService({ messages, routes, ready, rate, log }: ServiceParts): Server {
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
  server.post(
    '/api/messages',
    throttle,
    plugins.bodyParser({ maxBodySize: MAX_BODY_BYTES, mapParams: false }),
    messages as never,
  );
  for (const add of routes) add(server, throttle);
  return server;
}
