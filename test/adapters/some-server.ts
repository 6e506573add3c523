import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createService, type Routes } from '../../src/adapters/http/service.ts';

/** A server with only these routes, on a port of its own: where it is, and how to end it. */
export async function serve(...routes: Routes[]): Promise<{ at: string; close: () => Promise<void> }> {
  const server = createService({
    messages: (_request, response, next) => {
      response.send(200);
      next();
    },
    routes,
    ready: async () => true,
    rate: { perSecond: 10_000, burst: 10_000 },
    log: pino({ level: 'silent' }),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    at: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.server.closeAllConnections();
      }),
  };
}
