import { z } from 'zod';
import type { Day } from './calendar.ts';
import type { Recipient, Status, Ticket } from './ticket.ts';

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

/** One page of tickets; `cursor` opens the next one and is null on the last. */
export interface TicketPage {
  tickets: StoredTicket[];
  cursor: string | null;
}

/** Which tickets are wanted; what is not named does not matter. */
export interface TicketQuery {
  statuses?: readonly Status[] | undefined;
  type?: string | undefined;
  team?: Recipient['team'] | undefined;
  /** An officer's id; null: nobody has taken it on. */
  assignee?: string | null | undefined;
  /** Due on or before this day. */
  dueBy?: Day | undefined;
  /** The e-mail address of the person, whole; case does not matter. */
  email?: string | undefined;
  /** At most so many. */
  limit: number;
  /** Where the page before ended. */
  cursor?: string | null | undefined;
}

/**
 * Where tickets live. Every method is atomic; what has been acknowledged survives a power cut. A store reads its
 * rows back through zod and throws where one does not fit.
 */
export interface TicketStore {
  /**
   * Stores a new ticket and what is to be told about it. A second call with the same idempotency key stores nothing
   * and returns the first ticket.
   * @throws {NumberTaken} where another ticket has its number.
   */
  create(ticket: Ticket, outbox: readonly OutboxEntry[]): Promise<StoredTicket & { created: boolean }>;
  byId(id: string): Promise<StoredTicket | null>;
  byNumber(number: string): Promise<StoredTicket | null>;
  byToken(token: string): Promise<StoredTicket | null>;
  /** @throws {EtagMismatch} where the ticket has changed since it was read, or is not there. */
  update(ticket: Ticket, etag: string, outbox: readonly OutboxEntry[]): Promise<StoredTicket>;
  /** The tickets that fit, by the day they are due and then by id; those without a day come last. */
  find(query: TicketQuery): Promise<TicketPage>;
  /**
   * Deletes drafts made before one instant and tickets that ended before another, with all that was to be told of
   * them; returns how many tickets that were.
   */
  purge(before: { draftsBefore: Date; endedBefore: Date }): Promise<number>;
  /** What is to be sent now, oldest first; of some kinds, or of all. */
  pending(now: Date, limit: number, kinds?: readonly string[]): Promise<OutboxEntry[]>;
  /** Takes what has been sent out of the outbox. */
  sent(id: string): Promise<void>;
  /** Puts off what could not be sent. */
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
