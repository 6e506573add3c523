import { createHash } from 'node:crypto';
import { z } from 'zod';
import { addressHash } from '../../tickets/owners.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { DocumentStore } from '../../tickets/ticket-store.ts';
import type { Cookie } from './cookies.ts';
import { randomId } from './form-token.ts';

/** Sessions of people who have shown that the address of a ticket is theirs. Each opens that ticket alone. */
export interface OwnerSessions {
  /** Opens one; the cookie that carries it. */
  begin(ticket: Ticket, now: Date): Promise<Cookie>;
  /** Whether a session opens a ticket, as long as its address is the one that was shown. */
  opens(session: string | null, ticket: Ticket, now: Date): Promise<boolean>;
  /** Ends it; the cookie that takes it out of the browser. */
  end(session: string | null): Promise<Cookie>;
}

const shownSchema = z.object({ ticketId: z.string(), address: z.string() });

function shownBy(ticket: Ticket): z.infer<typeof shownSchema> {
  return { ticketId: ticket.id, address: addressHash(ticket) };
}

const NAME = 'request-owner';
const SECONDS = 30 * 60;

/** Sessions in a document store, by the hash of what the cookie holds. */
export function ownerSessions(documents: DocumentStore): OwnerSessions {
  const keyOf = (session: string) =>
    `request-owner/${createHash('sha256').update(session).digest('base64url')}`;
  return {
    async begin(ticket, now) {
      const value = randomId();
      const expires = new Date(now.getTime() + SECONDS * 1000);
      await documents.write(keyOf(value), shownBy(ticket), null, now, expires);
      return { name: NAME, value, seconds: SECONDS };
    },
    async opens(session, ticket, now) {
      if (!session) return false;
      const key = keyOf(session);
      const shown = shownSchema.safeParse((await documents.read([key], now)).get(key)?.value).data;
      const { ticketId, address } = shownBy(ticket);
      return shown?.ticketId === ticketId && shown.address === address;
    },
    async end(session) {
      if (session) await documents.delete([keyOf(session)]);
      return { name: NAME, value: '', seconds: 0 };
    },
  };
}
