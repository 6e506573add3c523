import { z } from 'zod';
import type { Day } from './calendar.ts';
import type { Recipient, Status, Ticket } from './ticket.ts';
import type { TicketOrder } from './ticket-order.ts';

/** A ticket as stored, with the etag that an update must carry. */
export interface StoredTicket {
  ticket: Ticket;
  etag: string;
}

/** Something to be told to somebody, stored in the same transaction as the ticket it is about. */
export const outboxEntrySchema = z.object({
  id: z.string().min(1),
  ticketId: z.string().min(1),
  /** What is to be told, such as `ticket.filed`. */
  kind: z.string().min(1),
  createdAt: z.iso.datetime(),
  /** Not to be sent before this instant. */
  notBefore: z.iso.datetime(),
  attempts: z.number().int().min(0),
});

export type OutboxEntry = z.infer<typeof outboxEntrySchema>;

/** One page of tickets; `cursor` opens the next one and is null on the last, `back` the one before. */
export interface TicketPage {
  tickets: StoredTicket[];
  cursor: string | null;
  back: string | null;
  /** How many more belong on this page and cannot be read, because what is stored of them is damaged. */
  unreadable: number;
}

/** Which tickets are wanted; what is not named does not matter. */
export interface TicketFilter {
  statuses?: readonly Status[] | undefined;
  /** A type, or any of several. */
  type?: string | readonly string[] | undefined;
  team?: Recipient['team'] | undefined;
  /** An officer's id; null: nobody has taken it on. */
  assignee?: string | null | undefined;
  /** Due on or before this day. */
  dueBy?: Day | undefined;
  /** The e-mail address of the person, whole; case does not matter. */
  email?: string | undefined;
  /** The phone number of the person, whole, as it is kept (E.164). */
  phone?: string | undefined;
  /** A part of the ticket's number, in its own letters and digits. */
  numberPart?: string | undefined;
}

/** A page of the tickets that are wanted. */
export interface TicketQuery extends TicketFilter {
  order?: TicketOrder | undefined;
  /** At most so many. */
  limit: number;
  /** The cursor of another page of the same tickets. */
  cursor?: string | null | undefined;
}

/**
 * Where tickets live. Every method is atomic; what has been acknowledged survives a power cut. A store reads its
 * rows back through zod and throws where one does not fit; `find` leaves it out and counts it.
 */
export interface TicketStore {
  /**
   * Stores a new ticket and what is to be told about it; an entry whose id is there already is not taken, and then
   * nothing is, here as in `update`. A second call with the same idempotency key stores nothing
   * and returns the first ticket.
   * @throws {NumberTaken} where another ticket has its number.
   */
  create(ticket: Ticket, outbox: readonly OutboxEntry[]): Promise<StoredTicket & { created: boolean }>;
  byId(id: string): Promise<StoredTicket | null>;
  byNumber(number: string): Promise<StoredTicket | null>;
  byToken(token: string): Promise<StoredTicket | null>;
  /** @throws {EtagMismatch} where the ticket has changed since it was read, or is not there. */
  update(ticket: Ticket, etag: string, outbox: readonly OutboxEntry[]): Promise<StoredTicket>;
  /** The tickets that fit, by the day they are due and then by id, unless another order is wanted. */
  find(query: TicketQuery): Promise<TicketPage>;
  /** How many tickets fit. */
  count(filter: TicketFilter): Promise<number>;
  /**
   * Deletes drafts made before one instant and tickets that ended before another, with all that was to be told of
   * them; returns how many tickets that were.
   */
  purge(before: { draftsBefore: Date; endedBefore: Date }): Promise<number>;
  /** What is to be sent now, oldest first; of some kinds, or of all. */
  pending(now: Date, limit: number, kinds?: readonly string[]): Promise<OutboxEntry[]>;
  /**
   * Takes an entry for oneself before it is told: where it is still due as it was read, it counts one more attempt and
   * is not due again before `until`. False: somebody else has it, or it is gone.
   */
  claim(entry: OutboxEntry, until: Date): Promise<boolean>;
  /** Takes what has been sent out of the outbox. */
  sent(id: string): Promise<void>;
  /** Puts off what is to be told later. */
  putOff(id: string, notBefore: Date): Promise<void>;
}

/** A JSON value with the etag that a write must carry. */
export interface StoredDocument {
  value: unknown;
  etag: string;
}

/** Small JSON documents that expire: the bot's state. */
export interface DocumentStore {
  /** The documents that exist and have not expired at `now`, by key. */
  read(keys: readonly string[], now: Date): Promise<Map<string, StoredDocument>>;
  /**
   * Writes a document. `etag` is that of the document read, null where there must be none, '*' where it does not
   * matter. Returns the new etag.
   * @throws {EtagMismatch} where the document is another than the one read.
   */
  write(key: string, value: unknown, etag: string | null, now: Date, expires: Date): Promise<string>;
  delete(keys: readonly string[]): Promise<void>;
  /** Removes what has expired; returns how many documents that were. */
  purge(now: Date): Promise<number>;
}

/** What was to be changed has changed in the meantime. */
export class EtagMismatch extends Error {
  constructor(what: 'ticket' | 'document') {
    super(`the ${what} has changed since it was read`);
    this.name = 'EtagMismatch';
  }
}

/** Another ticket has this number. */
export class NumberTaken extends Error {
  readonly number: string;
  constructor(number: string) {
    super(`another ticket has the number ${number}`);
    this.name = 'NumberTaken';
    this.number = number;
  }
}
