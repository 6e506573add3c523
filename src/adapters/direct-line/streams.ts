import type { WebSocket } from 'ws';
import type { TranscriptStore } from '../../conversation/transcript-store.ts';

/** How many streams may be open at a time, and how often they are asked whether they are still there. */
export interface StreamLimits {
  /** Beyond it the oldest is closed: somebody has opened one tab more. */
  perConversation: number;
  perAddress: number;
  inAll: number;
  pingMs: number;
}

/** The open streams. Each reads the transcript after what it has sent, so nothing is lost or doubled on the way. */
export interface Streams {
  open(socket: WebSocket, conversation: string, after: number): void;
  /** Something has been said. */
  wake(conversation: string): void;
  /** Sends what there is and closes; the client comes back and reads on. */
  finish(conversation: string): void;
  /** Closes all, at the end of the service. */
  close(): void;
}

interface Stream {
  socket: WebSocket;
  conversation: string;
  sent: number;
  isPumping: boolean;
  hasNews: boolean;
  isFinishing: boolean;
  isAlive: boolean;
}

// Entries in one frame. The next is read when this one has left, so a slow client costs one frame of memory.
const FRAME = 20;
// A frame of the longest texts comes close to it; whoever has not taken that much when more is said does not read.
const MAX_BUFFERED = 1024 * 1024;

export function streamsOf(
  transcripts: TranscriptStore,
  clock: () => Date,
  { perConversation, pingMs }: Pick<StreamLimits, 'perConversation' | 'pingMs'>,
): Streams {
  const open = new Map<string, Set<Stream>>();
  const all = () => [...open.values()].flatMap((streams) => [...streams]);

  const pump = async (stream: Stream): Promise<void> => {
    stream.hasNews = true;
    if (stream.isPumping) return;
    stream.isPumping = true;
    try {
      while (stream.hasNews && stream.socket.readyState === stream.socket.OPEN) {
        stream.hasNews = false;
        const entries = await transcripts.read(stream.conversation, stream.sent, FRAME, clock());
        const last = entries.at(-1);
        if (!last) continue;
        const activities = entries.map((entry) => entry.body);
        await send(stream.socket, JSON.stringify({ activities, watermark: String(last.position) }));
        stream.sent = last.position;
        if (entries.length === FRAME) stream.hasNews = true;
      }
      if (stream.isFinishing) stream.socket.close(1000);
    } catch {
      // The client comes back and gets again what did not reach it.
      stream.socket.terminate();
    } finally {
      stream.isPumping = false;
    }
  };

  const pings = setInterval(() => {
    for (const stream of all()) {
      if (!stream.isAlive) stream.socket.terminate();
      stream.isAlive = false;
      stream.socket.ping();
    }
  }, pingMs);
  pings.unref();

  return {
    open(socket, conversation, after) {
      const flags = { isPumping: false, hasNews: false, isFinishing: false, isAlive: true };
      const stream: Stream = { socket, conversation, sent: after, ...flags };
      const siblings = open.get(conversation) ?? new Set();
      open.set(conversation, siblings.add(stream));
      socket.on('pong', () => {
        stream.isAlive = true;
      });
      // A message that is too long closes the socket by itself; short ones (directlinejs keeps alive with empty
      // ones) say nothing.
      socket.on('error', () => socket.terminate());
      socket.on('close', () => {
        siblings.delete(stream);
        if (siblings.size === 0 && open.get(conversation) === siblings) open.delete(conversation);
      });
      const [oldest] = siblings;
      if (siblings.size > perConversation && oldest) {
        siblings.delete(oldest);
        oldest.socket.close(1008);
      }
      void pump(stream);
    },
    wake(conversation) {
      for (const stream of open.get(conversation) ?? []) {
        if (stream.socket.bufferedAmount > MAX_BUFFERED) stream.socket.terminate();
        else void pump(stream);
      }
    },
    finish(conversation) {
      for (const stream of open.get(conversation) ?? []) {
        stream.isFinishing = true;
        void pump(stream);
      }
    },
    close() {
      clearInterval(pings);
      for (const { socket } of all()) {
        socket.close(1001);
        // A client that does not answer the closing would hold the service up.
        setTimeout(() => socket.terminate(), 1000).unref();
      }
    },
  };
}

function send(socket: WebSocket, frame: string): Promise<void> {
  return new Promise((resolve, reject) => socket.send(frame, (error) => (error ? reject(error) : resolve())));
}
