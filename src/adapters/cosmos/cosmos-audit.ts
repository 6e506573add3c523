import { z } from 'zod';
import { type AuditEntry, type AuditEvent, type AuditLog, chain, entryFrom } from '../../tickets/audit.ts';
import { conditions } from './conditions.ts';
import { CosmosFailure } from './cosmos-failure.ts';
import type { Cosmos } from './open-cosmos.ts';

// Where somebody has put something else there, it is no entry's.
const rowSchema = z.object({
  seq: z.number(),
  ticketId: z.string().nullable().catch(null),
  body: z.string().catch(''),
});
const PAGE = 500;
/** A batch holds a hundred changes. */
const TOGETHER = 100;
/** Whoever meets others so often gives up. */
const ROUNDS = 200;

interface Waiting {
  event: AuditEvent;
  done(entry: AuditEntry): void;
  failed(error: unknown): void;
}

/**
 * The audit log in Cosmos DB, in one partition. An entry's id is its place: of two who append behind the same entry one
 * meets the other's and goes on behind it, so that there is one chain without a gap. Entries that wait for the same
 * write go in one batch.
 */
export function cosmosAudit({ audit: items, tenant }: Pick<Cosmos, 'audit' | 'tenant'>): AuditLog {
  const pk = `${tenant}:audit`;
  let last: AuditEntry | null = null;
  let waiting: Waiting[] = [];
  let isWriting = false;

  const appendAll = async (events: readonly AuditEvent[]): Promise<AuditEntry[]> => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const entries: AuditEntry[] = [];
      for (const event of events) entries.push(chain(event, entries.at(-1) ?? last));
      const [first, ...rest] = entries.map((entry) => ({ put: itemOf(pk, entry), before: null }));
      if (!first) return [];
      const { etag } = await items.write(pk, [first, ...rest]);
      if (etag !== null) {
        last = entries.at(-1) ?? last;
        return entries;
      }
      last = (await latest(1))[0] ?? null;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(round, 20) * 5));
    }
    throw new CosmosFailure('append', 'contended');
  };

  const drain = async () => {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, TOGETHER);
      waiting = waiting.slice(TOGETHER);
      try {
        const entries = await appendAll(batch.map(({ event }) => event));
        for (const [index, entry] of entries.entries()) batch[index]?.done(entry);
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    isWriting = false;
  };

  const ordered = async (
    which: ReturnType<typeof conditions>,
    limit: number,
    isDescending = false,
  ): Promise<AuditEntry[]> => {
    const found: unknown[] = [];
    const spec = which.select('*', { by: 'seq', isDescending });
    for await (const rows of items.query(spec, pk, Math.min(limit, PAGE))) {
      found.push(...rows);
      if (found.length >= limit) break;
    }
    return found.slice(0, limit).map(entryOf);
  };

  const latest = (limit: number, before = Number.MAX_SAFE_INTEGER) =>
    ordered(conditions().is('pk', pk).compare('seq', '<', before), limit, true);

  return {
    append: (event) =>
      new Promise((done, failed) => {
        waiting.push({ event, done, failed });
        if (!isWriting) void drain();
      }),
    read: (after, limit) => ordered(conditions().is('pk', pk).compare('seq', '>', after), limit),
    latest,
    async about(ticketId, limit, actions) {
      const which = conditions().is('pk', pk).is('ticketId', ticketId);
      if (actions) which.containsAny('body', actions.map(actionText));
      return (await ordered(which, limit, true)).reverse();
    },
  };
}

function itemOf(pk: string, entry: AuditEntry) {
  const { seq, ticketId } = entry;
  return { id: String(seq).padStart(12, '0'), pk, seq, ticketId, body: JSON.stringify(entry) };
}

function entryOf(row: unknown): AuditEntry {
  const { seq, ticketId, body: text } = rowSchema.parse(row);
  return entryFrom({ seq, ticketId, text });
}

// As it stands in the text of an entry, and nowhere else there: quotes in a value are escaped.
function actionText(action: string): string {
  return `"action":${JSON.stringify(action)}`;
}
