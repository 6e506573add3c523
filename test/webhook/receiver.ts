import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came in. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** How a receiver takes what comes: a status, with a body or a place to go on; or not at all. */
export type Manner =
  | { status: number; body?: string; location?: string }
  | 'silence'
  | 'drop'
  | 'drop after the status';

/** A receiver of webhooks on this machine whose manner can be changed while it runs. */
export async function receive() {
  const received: Received[] = [];
  let manner: Manner = { status: 204 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      received.push({ path, headers, body: Buffer.concat(chunks).toString() });
      if (manner === 'silence') return;
      if (manner === 'drop') return request.socket.destroy();
      if (manner === 'drop after the status') {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('half');
        return setTimeout(() => request.socket.destroy(), 20);
      }
      const { status, body, location } = manner;
      response.writeHead(status, location ? { location } : {});
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    received,
    port,
    url: `http://127.0.0.1:${port}/hook`,
    be(next: Manner) {
      manner = next;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type Receiver = Awaited<ReturnType<typeof receive>>;
