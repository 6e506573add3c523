import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type DocumentStore, EtagMismatch } from '../../tickets/ticket-store.ts';
import { type Officer, officerSchema } from './officer.ts';

/** How long a session may go on, and how long it may rest, in milliseconds. */
export const SESSION_MS = 8 * 3_600_000;
const IDLE_MS = 30 * 60_000;
/** A session is written again only where so much of its rest has passed. */
const TOUCH_MS = 60_000;

const kept = z.object({
  officer: officerSchema,
  startedAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
  locale: z.enum(['sv', 'en']).nullable(),
});

/** A signed-in officer's session. */
export interface Session {
  /** The secret of the cookie; only its hash is stored. */
  id: string;
  officer: Officer;
  /** The language that the officer chose. */
  locale: 'sv' | 'en' | null;
}

/** Sessions of officers: 8 hours at most, 30 minutes without a request. */
export interface Sessions {
  /** A new session under a new id. */
  begin(officer: Officer): Promise<Session>;
  /** The session of an id, now seen; null where there is none or it has ended. `locale` is remembered in it. */
  see(id: string, locale: Session['locale']): Promise<Session | null>;
  end(id: string): Promise<void>;
}

export function sessionsIn(documents: DocumentStore, clock: () => Date): Sessions {
  const expiryOf = (startedAt: Date, seenAt: Date) =>
    new Date(Math.min(startedAt.getTime() + SESSION_MS, seenAt.getTime() + IDLE_MS));
  return {
    async begin(officer) {
      const id = randomBytes(32).toString('base64url');
      const now = clock();
      const at = now.toISOString();
      const value = { officer, startedAt: at, seenAt: at, locale: null };
      await documents.write(keyOf(id), value, null, now, expiryOf(now, now));
      return { id, officer, locale: null };
    },
    async see(id, locale) {
      const now = clock();
      const key = keyOf(id);
      const found = (await documents.read([key], now)).get(key);
      const parsed = kept.safeParse(found?.value);
      if (!found || !parsed.success) return null;
      const before = parsed.data;
      const startedAt = new Date(before.startedAt);
      const chosen = locale ?? before.locale;
      const isDue = now.getTime() - Date.parse(before.seenAt) >= TOUCH_MS || chosen !== before.locale;
      if (isDue) {
        const value = { ...before, seenAt: now.toISOString(), locale: chosen };
        // Two requests at once see it both; one that has been ended meanwhile must not come back.
        await documents
          .write(key, value, found.etag, now, expiryOf(startedAt, now))
          .catch((error: unknown) => {
            if (!(error instanceof EtagMismatch)) throw error;
          });
      }
      return { id, officer: before.officer, locale: chosen };
    },
    end: (id) => documents.delete([keyOf(id)]),
  };
}

/** What a form of the session carries, so that no other site can send one in the officer's name. */
export function formTokenOf(session: Session): string {
  return createHash('sha256').update(`form\0${session.id}`).digest('base64url');
}

/** Whether a form came from a page of this session. */
export function isFormOf(session: Session, token: string | undefined): boolean {
  const expected = Buffer.from(formTokenOf(session));
  const given = Buffer.from(token ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function keyOf(id: string): string {
  return `desk-session/${createHash('sha256').update(id).digest('hex')}`;
}
