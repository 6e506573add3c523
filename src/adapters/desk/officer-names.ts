import { z } from 'zod';
import { type DocumentStore, EtagMismatch } from '../../tickets/ticket-store.ts';
import { type Officer, type Role, roles } from './officer.ts';

const KEY = 'desk-officers';
/** Names are forgotten where nobody has signed in for so long: tickets outlive most sessions. */
const KEPT_MS = 800 * 86_400_000;
const TRIES = 5;
// Names that were written before roles were: whoever has one may be anything.
const known = z.record(
  z.string(),
  z.union([
    z.object({ name: z.string(), role: z.enum(roles).nullable() }),
    z.string().transform((name) => ({ name, role: null })),
  ]),
);

/** What officers are called, by the id that stands in tickets and in the audit log. */
export interface OfficerNames {
  all(): Promise<Readonly<Record<string, string>>>;
  /** Those who may take a request on: everybody but readers. */
  takers(): Promise<Readonly<Record<string, string>>>;
  remember(officer: Officer): Promise<void>;
}

/** Names of those who have signed in, in one small document. */
export function officerNamesIn(documents: DocumentStore, clock: () => Date): OfficerNames {
  const read = async () => {
    const found = (await documents.read([KEY], clock())).get(KEY);
    const parsed = known.safeParse(found?.value);
    return { officers: parsed.success ? parsed.data : {}, etag: found?.etag ?? null };
  };
  const namesOf = async (isMeant: (role: Role | null) => boolean) => {
    const { officers } = await read();
    const meant = Object.entries(officers).filter(([, { role }]) => isMeant(role));
    return Object.fromEntries(meant.map(([id, { name }]) => [id, name]));
  };
  return {
    all: () => namesOf(() => true),
    takers: () => namesOf((role) => role !== 'reader'),
    async remember({ id, name, role }) {
      if (!name) return;
      for (let left = TRIES; left > 0; left -= 1) {
        const { officers, etag } = await read();
        const now = clock();
        const value = { ...officers, [id]: { name, role } };
        try {
          await documents.write(KEY, value, etag, now, new Date(now.getTime() + KEPT_MS));
          return;
        } catch (error) {
          if (!(error instanceof EtagMismatch)) throw error;
        }
      }
    },
  };
}
