import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A message that a mail server has taken. */
export interface TakenMail {
  from: string;
  to: string[];
  /** Header fields by their names in small letters, unfolded. */
  headers: Map<string, string>;
  raw: string;
}

/** What a mail server does with the next messages. */
export type Mood =
  | { does: 'take' }
  /** Answers so at a command. */
  | { does: 'answer'; at: 'connect' | 'auth' | 'mail' | 'rcpt' | 'data'; code: number; text: string }
  /** Cuts the connection off; after the message, it has been taken all the same. */
  | { does: 'drop'; at: 'rcpt' | 'data' }
  /** Takes the message, and says so only when told to. */
  | { does: 'think'; until: Promise<void> };

/** A real mail server on this machine. */
export interface MailServer {
  port: number;
  taken: TakenMail[];
  mood: Mood;
  close(): Promise<void>;
}

/** Starts a mail server; `options` go to smtp-server. */
export async function mailServer(options: SMTPServerOptions = {}, port = 0): Promise<MailServer> {
  const sockets = new Set<Socket>();
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  const answered = (at: string): Error | null => {
    const { mood } = state;
    return mood.does === 'answer' && mood.at === at
      ? Object.assign(new Error(mood.text), { responseCode: mood.code })
      : null;
  };
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    onConnect: (_session, done) => done(answered('connect')),
    onAuth: (_auth, _session, done) => {
      const error = answered('auth');
      if (error) done(error);
      else done(null, { user: 'somebody' });
    },
    onMailFrom: (_address, _session, done) => done(answered('mail')),
    onRcptTo: (_address, _session, done) => {
      if (state.mood.does === 'drop' && state.mood.at === 'rcpt') drop();
      else done(answered('rcpt'));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const error = answered('data');
        if (error) return done(error);
        const raw = Buffer.concat(chunks).toString();
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom ? mailFrom.address : '';
        state.taken.push({ from, to: rcptTo.map(({ address }) => address), headers: headersOf(raw), raw });
        const { mood } = state;
        if (mood.does === 'drop') drop();
        else if (mood.does === 'think') void mood.until.then(() => done());
        else done();
      });
    },
    ...options,
  });
  // What a client that goes away leaves behind is no fault of the server's.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  const state: MailServer = {
    port: (server.server.address() as AddressInfo).port,
    taken: [],
    mood: { does: 'take' },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
  return state;
}

/** The header fields of a message. */
export function headersOf(raw: string): Map<string, string> {
  const [head = ''] = raw.split('\r\n\r\n');
  const fields = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return new Map(
    fields.map((field) => {
      const at = field.indexOf(':');
      return [field.slice(0, at).toLowerCase(), field.slice(at + 1).trim()];
    }),
  );
}

/** The parts of a message that has two, decoded. */
export function bodiesOf(raw: string): { text: string; html: string } {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? '';
  const parts = raw.split(`--${boundary}`).map((part) => {
    const [, ...body] = part.replace(/^\r\n/, '').split('\r\n\r\n');
    const encoding = headersOf(part.replace(/^\r\n/, '')).get('content-transfer-encoding') ?? '';
    return { head: part, body: decode(body.join('\r\n\r\n'), encoding) };
  });
  const body = (type: string) => parts.find(({ head }) => head.includes(`Content-Type: ${type}`))?.body ?? '';
  return { text: body('text/plain'), html: body('text/html') };
}

function decode(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
