import type { AddressInfo } from 'node:net';
import { createServer, plugins } from 'restify';
import { type DirectLineParts, directLine } from '../../src/adapters/direct-line/direct-line.ts';
import { defaultLimits } from '../../src/adapters/direct-line/limits.ts';
import { memoryTranscripts } from '../../src/adapters/memory/memory-transcripts.ts';

/** What a bot heard, as far as the tests look at it. */
export interface Heard {
  type: string;
  id: string;
  text?: string;
  locale?: string;
  from: { id: string };
  conversation: { id: string };
}

/** Greets whoever comes, and says to each message which it was and what it said, in two messages. */
export async function echo(activity: object): Promise<readonly object[]> {
  const { type, text, locale } = activity as Heard;
  if (type === 'conversationUpdate') return [{ type: 'message', text: `hej ${locale ?? ''}`.trim() }];
  return [
    { type: 'typing' },
    { type: 'message', text: `du sa ${text}` },
    { type: 'message', text: `var det allt om ${text}?` },
  ];
}

/** Limits that a test of something else does not meet. */
export const wideLimits = {
  ...defaultLimits,
  tokens: { perSecond: 1000, burst: 1000 },
  activities: { perSecond: 1000, burst: 1000 },
};

/** A server with nothing but Direct Line, on this machine. */
export async function serveDirectLine(parts: Partial<DirectLineParts> = {}, port = 0) {
  const line = directLine({
    transcripts: memoryTranscripts(),
    hear: echo,
    secret: Buffer.alloc(32, 7),
    clock: () => new Date(),
    origins: () => ['https://allowed.example.com'],
    publicUrl: null,
    hours: 24,
    limits: wideLimits,
    ...parts,
  });
  const server = createServer({ ignoreTrailingSlash: true });
  server.pre(plugins.pre.sanitizePath());
  line.routes(server, plugins.throttle({ rate: 10_000, burst: 10_000, ip: true }));
  line.attach(server.server as never);
  await line.recover();
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.server.address() as AddressInfo;
  return {
    line,
    port: address.port,
    url: `http://127.0.0.1:${address.port}/v3/directline`,
    async stop() {
      await line.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        (server.server as unknown as { closeAllConnections(): void }).closeAllConnections();
      });
    },
  };
}

export type DirectLineServer = Awaited<ReturnType<typeof serveDirectLine>>;

/** What a token is given out with. */
export interface Pass {
  conversationId: string;
  token: string;
  expires_in: number;
  streamUrl: string;
}

export async function generate(url: string, body: object = {}): Promise<Pass> {
  const response = await fetch(`${url}/tokens/generate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Pass;
}

/** A request with a token, and with JSON where there is a body. */
export function call(
  url: string,
  token: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** A conversation that has begun. */
export async function begin(url: string): Promise<Pass> {
  const { token } = await generate(url);
  return (await (await call(`${url}/conversations`, token, {})).json()) as Pass;
}
