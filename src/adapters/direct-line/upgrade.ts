import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { BASE, countedAddress } from './address.ts';
import { isWelcome } from './origin.ts';
import { Refusal } from './refusal.ts';
import type { StreamLimits, Streams } from './streams.ts';
import type { Tokens } from './tokens.ts';
import { readWatermark } from './watermark.ts';

const PATH = new RegExp(`^${BASE}/conversations/([\\w-]{1,100})/stream$`);
// directlinejs sends empty messages only.
const MAX_MESSAGE_BYTES = 1024;

export interface UpgradeParts {
  tokens: Tokens;
  streams: Streams;
  origins: () => readonly string[];
  limits: Pick<StreamLimits, 'perAddress' | 'inAll'>;
}

/** Lets streams in: path, origin, room and token are looked at before the connection becomes a WebSocket. */
export function streamUpgrades({ tokens, streams, origins, limits }: UpgradeParts) {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  const byAddress = new Map<string, number>();
  let inAll = 0;
  let isClosed = false;

  /** Takes a place, until the connection is gone. */
  const takePlace = (address: string, socket: Duplex) => {
    if (isClosed || inAll >= limits.inAll) throw new Refusal(503, 'All streams are taken', 5);
    const here = byAddress.get(address) ?? 0;
    if (here >= limits.perAddress) throw new Refusal(429, 'Too many streams from this address', 5);
    inAll += 1;
    byAddress.set(address, here + 1);
    socket.once('close', () => {
      inAll -= 1;
      const left = (byAddress.get(address) ?? 1) - 1;
      if (left > 0) byAddress.set(address, left);
      else byAddress.delete(address);
    });
  };

  const admit = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const conversation = PATH.exec(path)?.[1];
    if (!conversation) throw new Refusal(404, 'There is no stream here');
    if (!isWelcome(request, origins())) throw new Refusal(403, 'This origin is not allowed');
    takePlace(countedAddress(request.socket.remoteAddress), socket);
    const wanted = new URLSearchParams(query);
    const after = readWatermark(wanted.get('watermark'));
    const token = wanted.get('t');
    if (!token) throw new Refusal(401, 'A token is needed');
    const bearer = await tokens.verify('stream', token);
    if (bearer.conversation !== conversation)
      throw new Refusal(403, 'The token is not for this conversation');
    if (isClosed) throw new Refusal(503, 'The service is stopping', 5);
    sockets.handleUpgrade(request, socket, head, (open) => streams.open(open, conversation, after));
  };

  return {
    attach(server: Server): void {
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        // A client that goes away meanwhile is nobody's error.
        socket.on('error', () => socket.destroy());
        admit(request, socket, head).catch((error: unknown) => refuse(socket, error));
      });
    },
    close(): void {
      isClosed = true;
      sockets.close();
    },
  };
}

function refuse(socket: Duplex, error: unknown): void {
  const refusal = error instanceof Refusal ? error : new Refusal(500, 'Something went wrong');
  const body = JSON.stringify({ error: refusal.message });
  const lines = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    ...(refusal.retryAfter === null ? [] : [`retry-after: ${refusal.retryAfter}`]),
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
