import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import type { Courier } from '../../tickets/courier.ts';
import { type MailRoom, mailCourier, type Posted } from './mail-courier.ts';
import { failureOf, type SmtpFailure } from './smtp-failure.ts';
import type { SmtpServer } from './smtp-server.ts';

/** How long a mail server may take, in milliseconds. */
export interface Patience {
  /** Until it is reached and has greeted. */
  connectMs: number;
  /** Between two signs of life: it may look at a message for long. */
  silenceMs: number;
  /** How long the other letters wait for one that is under way. */
  holdMs: number;
  /** How long a server that failed is left alone: the first time, doubled each time, and at most. */
  restMs: readonly [first: number, longest: number];
}

/** Letters that the server stumbled over; with more, none of them goes behind the others. */
const MANY = 1000;

const PATIENCE: Patience = {
  connectMs: 10_000,
  silenceMs: 10 * 60_000,
  holdMs: 20_000,
  restMs: [30_000, 10 * 60_000],
};

/**
 * Sends letters through a mail server, each over a connection of its own.
 * - Refused for good: given up. Refused for now: tried again later.
 * - The server cannot be reached, or fails: it is left alone for a while, and all letters wait for that.
 * - Slow: the letter stays under way, and is asked about again instead of being sent twice.
 * - Cut off after the message was handed over: nobody can tell whether it has gone; it is sent again under the same
 *   Message-ID.
 */
export function smtpCourier(room: MailRoom, server: SmtpServer, patience: Patience = PATIENCE): Courier {
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: !server.secure && !server.plain,
    ignoreTLS: server.plain,
    ...(server.auth ? { auth: server.auth } : {}),
    connectionTimeout: patience.connectMs,
    greetingTimeout: patience.connectMs,
    dnsTimeout: patience.connectMs,
    socketTimeout: patience.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  const underWay = new Map<string, Promise<'sent' | SmtpFailure>>();
  // What the server failed at goes behind the others: it may be what it stumbles over.
  const stumbledAt = new Set<string>();
  const [firstRest, longestRest] = patience.restMs;
  let rest = { until: 0, ms: firstRest };
  const leaveAlone = (now: Date): Date => {
    rest = { until: now.getTime() + rest.ms, ms: Math.min(rest.ms * 2, longestRest) };
    return new Date(rest.until);
  };

  return mailCourier(room, async ({ from, to, raw }, entry, now): Promise<Posted> => {
    const left = rest.until - now.getTime();
    // A clock that was set back makes no rest longer.
    if (left > 0 && left <= longestRest)
      return { is: 'waits', until: new Date(rest.until - (stumbledAt.has(entry) ? 0 : 1)) };
    const key = `${entry}\0${to}`;
    const sending =
      underWay.get(key) ??
      transport.sendMail({ envelope: { from, to: [to] }, raw }).then(() => 'sent' as const, failureOf);
    underWay.set(key, sending);
    const patient = new AbortController();
    const outcome = await Promise.race([sending, holdFor(patience.holdMs, patient.signal)]);
    patient.abort();
    if (stumbledAt.size > MANY) stumbledAt.clear();
    stumbledAt.add(entry);
    if (outcome === 'slow') return { is: 'delayed', why: 'slow', until: leaveAlone(now) };
    underWay.delete(key);
    if (outcome === 'sent') {
      stumbledAt.delete(entry);
      rest = { until: 0, ms: firstRest };
      return { is: 'posted' };
    }
    if (outcome.is === 'refused') return { is: 'refused', why: outcome.code };
    if (outcome.is === 'server') return { is: 'delayed', why: outcome.code, until: leaveAlone(now) };
    return { is: 'delayed', why: outcome.code };
  });
}

async function holdFor(ms: number, signal: AbortSignal): Promise<'slow'> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
  return 'slow';
}
