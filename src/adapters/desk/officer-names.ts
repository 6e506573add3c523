import { z } from 'zod';
import { type DocumentStore, EtagMismatch } from '../../tickets/ticket-store.ts';
import type { Officer } from './officer.ts';

const KEY = 'desk-officers';
/** Names are forgotten where nobody has signed in for so long: tickets outlive most sessions. */
const KEPT_MS = 800 * 86_400_000;
const TRIES = 5;
const names = z.record(z.string(), z.string());

/** What officers are called, by the id that stands in tickets and in the audit log. */
export interface OfficerNames {
  all(): Promise<Readonly<Record<string, string>>>;
  remember(officer: Officer): Promise<void>;
}

/** Names of those who have signed in, in one small document. */
export function officerNamesIn(documents: DocumentStore, clock: () => Date): OfficerNames {
  const read = async () => {
    const found = (await documents.read([KEY], clock())).get(KEY);
    const parsed = names.safeParse(found?.value);
    return { known: parsed.success ? parsed.data : {}, etag: found?.etag ?? null };
  };
  return {
    all: async () => (await read()).known,
    async remember({ id, name }) {
      if (!name) return;
      for (let left = TRIES; left > 0; left -= 1) {
        const { known, etag } = await read();
        const now = clock();
        try {
          await documents.write(KEY, { ...known, [id]: name }, etag, now, new Date(now.getTime() + KEPT_MS));
          return;
        } catch (error) {
          if (!(error instanceof EtagMismatch)) throw error;
        }
      }
    },
  };
}
