import { createHash } from 'node:crypto';
import type { DocumentStore } from '../../tickets/ticket-store.ts';
import type { Cookie } from './cookies.ts';
import { randomId } from './form-token.ts';

/** Sessions of people who have shown that the address of a ticket is theirs. Each opens that ticket alone. */
export interface OwnerSessions {
  /** Opens one; the cookie that carries it. */
  begin(ticketId: string, now: Date): Promise<Cookie>;
  /** The ticket that a session opens, or null. */
  ticketOf(session: string | null, now: Date): Promise<string | null>;
  /** Ends it; the cookie that takes it out of the browser. */
  end(session: string | null): Promise<Cookie>;
}

const NAME = 'request-owner';
const SECONDS = 30 * 60;

/** Sessions in a document store, by the hash of what the cookie holds. */
export function ownerSessions(documents: DocumentStore): OwnerSessions {
  const keyOf = (session: string) =>
    `request-owner/${createHash('sha256').update(session).digest('base64url')}`;
  return {
    async begin(ticketId, now) {
      const value = randomId();
      const expires = new Date(now.getTime() + SECONDS * 1000);
      await documents.write(keyOf(value), { ticketId }, null, now, expires);
      return { name: NAME, value, seconds: SECONDS };
    },
    async ticketOf(session, now) {
      if (!session) return null;
      const key = keyOf(session);
      const value = (await documents.read([key], now)).get(key)?.value as { ticketId?: unknown } | undefined;
      return typeof value?.ticketId === 'string' ? value.ticketId : null;
    },
    async end(session) {
      if (session) await documents.delete([keyOf(session)]);
      return { name: NAME, value: '', seconds: 0 };
    },
  };
}
