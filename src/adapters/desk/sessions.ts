import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type DocumentStore, EtagMismatch } from '../../tickets/ticket-store.ts';
import { type Officer, officerSchema } from './officer.ts';

/** A working day, and how long a session may rest, in milliseconds. */
export const DAY_MS = 8 * 3_600_000;
const IDLE_MS = 30 * 60_000;
/** A session is written again only where so much of its rest has passed. */
const TOUCH_MS = 60_000;

const kept = z.object({
  officer: officerSchema,
  endsAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
  locale: z.enum(['sv', 'en']).nullable(),
  queue: z.string().default('/desk'),
  search: z.string().default(''),
});
/** Tabs of one session write at the same moment. */
const TRIES = 5;

/** A signed-in officer's session. */
export interface Session {
  /** The secret of the cookie; only its hash is stored. */
  id: string;
  officer: Officer;
  /** The language that the officer chose. */
  locale: 'sv' | 'en' | null;
  /** The address of the queue as it was last looked at, with its filter and page. */
  queue: string;
  /** What was last searched for: kept here, so that no person's address stands in an address. */
  search: string;
}

/** Sessions of officers: as long as the way of signing in allows, 30 minutes without a request. */
export interface Sessions {
  /** A new session under a new id, for so many milliseconds at most. */
  begin(officer: Officer, lastsMs?: number): Promise<Session>;
  /** The session of an id, now seen; null where there is none or it has ended. `locale` is remembered in it. */
  see(id: string, locale: Session['locale']): Promise<Session | null>;
  /** Remembers where the officer is. */
  keep(session: Session, changes: Partial<Pick<Session, 'queue' | 'search'>>): Promise<void>;
  end(id: string): Promise<void>;
}

export function sessionsIn(documents: DocumentStore, clock: () => Date): Sessions {
  const expiryOf = ({ endsAt, seenAt }: { endsAt: string; seenAt: string }) =>
    new Date(Math.min(Date.parse(endsAt), Date.parse(seenAt) + IDLE_MS));
  const read = async (id: string, now: Date) => {
    const key = keyOf(id);
    const found = (await documents.read([key], now)).get(key);
    const parsed = kept.safeParse(found?.value);
    return found && parsed.success ? { before: parsed.data, etag: found.etag } : null;
  };
  // False where it has changed or ended meanwhile.
  const write = async (id: string, value: z.infer<typeof kept>, etag: string, now: Date) => {
    try {
      await documents.write(keyOf(id), value, etag, now, expiryOf(value));
      return true;
    } catch (error) {
      if (error instanceof EtagMismatch) return false;
      throw error;
    }
  };
  return {
    async begin(officer, lastsMs = DAY_MS) {
      const id = randomBytes(32).toString('base64url');
      const now = clock();
      const begun = { officer, locale: null, queue: '/desk', search: '' };
      const endsAt = new Date(now.getTime() + lastsMs).toISOString();
      const value = { ...begun, endsAt, seenAt: now.toISOString() };
      await documents.write(keyOf(id), value, null, now, expiryOf(value));
      return { id, ...begun };
    },
    async see(id, locale) {
      const now = clock();
      const found = await read(id, now);
      if (!found) return null;
      const { before, etag } = found;
      const chosen = locale ?? before.locale;
      const isDue = now.getTime() - Date.parse(before.seenAt) >= TOUCH_MS || chosen !== before.locale;
      if (isDue) {
        const value = { ...before, seenAt: now.toISOString(), locale: chosen };
        // Two requests at once see it both; one that has been ended meanwhile must not come back.
        await write(id, value, etag, now);
      }
      const { officer, queue, search } = before;
      return { id, officer, locale: chosen, queue, search };
    },
    async keep({ id, queue, search }, changes) {
      const isKept = (changes.queue ?? queue) === queue && (changes.search ?? search) === search;
      for (let left = isKept ? 0 : TRIES; left > 0; left -= 1) {
        const now = clock();
        const found = await read(id, now);
        if (!found || (await write(id, { ...found.before, ...changes }, found.etag, now))) return;
      }
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
