import { z } from 'zod';
import type { Content } from '../../content/content.ts';
import type { Addresses } from '../../letters/letter.ts';
import { LETTER_KINDS, letterFor } from '../../letters/letter-for.ts';
import { type Confirmations, doorOf } from '../../tickets/confirmation.ts';
import type { Courier } from '../../tickets/courier.ts';
import type { Pace } from '../../tickets/pace.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { OutboxEntry } from '../../tickets/ticket-store.ts';
import { composeMessage, type Message } from './compose-message.ts';
import type { Sender } from './sender.ts';

/** What letters are made of, and who hears of those that have not gone. */
export interface MailRoom {
  content: Content;
  addresses: Addresses;
  confirmations: Pick<Confirmations, 'codeOf'>;
  pace: Pace;
  sender: Sender;
  /** Told of a letter that is tried again later. */
  delayed(letter: Unposted & { until: Date }): void;
  /** Told of a letter that is not tried again, before it leaves the outbox. */
  givenUp(letter: Unposted): Promise<void>;
}

/** A letter that has not gone: ids and codes, nothing of the person. */
export interface Unposted {
  entry: string;
  ticketId: string;
  kind: string;
  /** A code of the mail server's (`550`), of the connection's or the disk's (`ETIMEDOUT`), `no_address` or `pace`. */
  why: string;
}

/**
 * How a message goes out: it has gone; it will never be taken; it has not gone yet, and is tried again at a time or
 * when the courier sees fit. `waits`: it was not even tried.
 */
export type Posted =
  | { is: 'posted' }
  | { is: 'refused'; why: string }
  | { is: 'delayed'; why: string; until?: Date }
  | { is: 'waits'; until: Date };

/** Five days, as long as mail servers themselves go on trying (RFC 5321, 4.5.4.1). */
const GIVE_UP_MS = 5 * 24 * 3_600_000;
/** … and at least so often: a service that stood still for five days has not tried. */
const GIVE_UP_TRIES = 10;
const SHORTEST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;

/** Writes the letters of the outbox and posts them. What has not gone in five days is given up. */
export function mailCourier(
  room: MailRoom,
  post: (message: Message, entry: string, now: Date) => Promise<Posted>,
): Courier {
  return {
    kinds: LETTER_KINDS,
    async deliver(entry, ticket, now) {
      const giveUp = async (why: string) => {
        await room.givenUp(unposted(entry, why));
        return 'told' as const;
      };
      const code = entry.kind === 'mail.code' ? await codeFor(entry, ticket, now, room) : null;
      const letter = letterFor(entry, ticket, code, room.content, room.addresses);
      if (!letter) return 'told';
      const address = z.email().safeParse(ticket.slots.email);
      if (!address.success) return giveUp('no_address');
      const age = now.getTime() - Date.parse(entry.createdAt);
      const isOld = age >= GIVE_UP_MS && entry.attempts >= GIVE_UP_TRIES;
      // Anybody can have receipts sent to an address that is not theirs.
      const isReceipt = entry.kind === 'mail.receipt';
      if (isReceipt && !(await room.pace.take('receipt', address.data, entry.id, now)))
        return isOld ? giveUp('pace') : new Date(now.getTime() + LONGEST_WAIT_MS);
      const message = await composeMessage(entry.id, address.data, letter, ticket.locale, room.sender, now);
      const posted = await post(message, entry.id, now);
      if (posted.is === 'posted') return 'told';
      if (posted.is === 'refused') return giveUp(posted.why);
      if (posted.is === 'waits') return posted.until;
      // A letter waits as long again as it has waited: seconds for a code, hours for what has been lying for days.
      if (isOld) return giveUp(posted.why);
      const wait = Math.min(Math.max(age, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
      const until = posted.until ?? new Date(now.getTime() + wait);
      room.delayed({ ...unposted(entry, posted.why), until });
      return until;
    },
  };
}

async function codeFor(entry: OutboxEntry, { id, slots }: Ticket, now: Date, { confirmations }: MailRoom) {
  const what = { ticketId: id, address: slots.email ?? '', door: doorOf(entry) };
  return confirmations.codeOf(what, now);
}

function unposted({ id, ticketId, kind }: OutboxEntry, why: string): Unposted {
  return { entry: id, ticketId, kind, why };
}
