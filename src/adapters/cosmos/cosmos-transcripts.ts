import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { PlacedEntry, TranscriptStore } from '../../conversation/transcript-store.ts';
import { changeItem } from './change-item.ts';
import { conditions } from './conditions.ts';
import type { Change, Found, Put } from './items.ts';
import type { Cosmos } from './open-cosmos.ts';
import { secondsUntil } from './seconds-until.ts';

const HEAD = 'head';
const PAGE = 200;
/** Removed by the purge; where nobody purges, the database removes what is so much older by itself. */
const GRACE_SECONDS = 30 * 86_400;

const headSchema = z.object({
  kind: z.literal('head'),
  conversation: z.string(),
  /** Which life of the conversation: entries of another are not its. */
  life: z.string(),
  entries: z.number().int(),
  last: z.number().int(),
  expires: z.iso.datetime(),
});
const entrySchema = z.object({
  pk: z.string(),
  life: z.string(),
  conversation: z.string(),
  entry: z.string(),
  position: z.number().int(),
  isShown: z.boolean(),
  awaitsAnswer: z.boolean(),
  body: z.string(),
});
const placeSchema = z.object({ id: z.string() });
const expiredSchema = z.object({ pk: z.string(), life: z.string(), _etag: z.string() });

/**
 * Transcripts in Cosmos DB; each conversation has a partition. Every addition goes through its head, which is replaced
 * in the same batch: so additions come one after the other, and how long the conversation is kept stands in one place.
 */
export function cosmosTranscripts({
  transcripts: items,
  tenant,
}: Pick<Cosmos, 'transcripts' | 'tenant'>): TranscriptStore {
  const pkOf = (conversation: string) => `${tenant}:${conversation}`;
  const idOf = (life: string, entry: string) =>
    `${life}-${createHash('sha256').update(entry).digest('base64url')}`;

  const live = (found: Found | null, now: Date) => {
    const head = found ? headSchema.parse(found) : null;
    return head && head.expires > now.toISOString() ? head : null;
  };
  const headOf = async (conversation: string, now: Date) =>
    live(await items.read(pkOf(conversation), HEAD), now);

  // Removes the entries of one life.
  const drop = async (pk: string, life: string) => {
    const which = conditions().is('kind', 'entry').is('life', life);
    for await (const rows of items.query(which.select(['id']), pk, PAGE))
      for (const row of rows) await items.remove(pk, [{ remove: placeSchema.parse(row).id }]);
  };

  return {
    async append(conversation, added, { now, expires, answers }) {
      const pk = pkOf(conversation);
      const ttl = secondsUntil(expires, now) + GRACE_SECONDS;
      await changeItem(items, pk, HEAD, async (before) => {
        const head = live(before, now);
        if (before && !head) await drop(pk, headSchema.parse(before).life);
        const life = head?.life ?? randomBytes(9).toString('hex');
        const there = async (entry: string) => (head ? items.read(pk, idOf(life, entry)) : null);
        let { entries, last } = head ?? { entries: 0, last: 0 };
        const also = new Map<string, Change>();
        for (const { id: entry, isShown, awaitsAnswer, body } of added) {
          const id = idOf(life, entry);
          if (also.has(id) || (await there(entry))) continue;
          last = Math.max(last + 1, now.getTime());
          entries += 1;
          const row = { entry, position: last, isShown, awaitsAnswer: awaitsAnswer && entry !== answers };
          const put = {
            id,
            pk,
            kind: 'entry',
            tenant,
            conversation,
            life,
            ...row,
            body: JSON.stringify(body),
            ttl,
          };
          also.set(id, { put, before: null });
        }
        const asked = answers === undefined ? null : await there(answers);
        if (asked)
          also.set(asked.id, { put: { ...withoutMarks(asked), awaitsAnswer: false }, before: asked });
        const kept = { conversation, life, entries, last, expires: expires.toISOString() };
        return { put: { kind: 'head', tenant, ...kept, ttl }, also: [...also.values()] };
      });
    },
    async read(conversation, after, limit, now) {
      const head = await headOf(conversation, now);
      if (!head) return [];
      const which = conditions().is('kind', 'entry').is('life', head.life).is('isShown', true);
      const spec = which.compare('position', '>', after).select('*', { by: 'position' });
      const found: PlacedEntry[] = [];
      for await (const rows of items.query(spec, pkOf(conversation), Math.min(limit, PAGE))) {
        found.push(...rows.map((row) => placed(row)));
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },
    async find(conversation, id, now) {
      const head = await headOf(conversation, now);
      const found = head ? await items.read(pkOf(conversation), idOf(head.life, id)) : null;
      return found ? placed(found) : null;
    },
    async extent(conversation, now) {
      const head = await headOf(conversation, now);
      return { entries: head?.entries ?? 0, last: head?.last ?? 0 };
    },
    async unanswered(now) {
      const which = conditions().is('kind', 'entry').is('tenant', tenant).is('awaitsAnswer', true);
      const waiting: { conversation: string; entry: PlacedEntry }[] = [];
      for await (const rows of items.query(which.select('*'), null, PAGE))
        for (const row of rows) {
          const { conversation, life } = entrySchema.parse(row);
          const head = await headOf(conversation, now);
          if (head?.life === life) waiting.push({ conversation, entry: placed(row) });
        }
      return waiting.sort((one, other) => one.entry.position - other.entry.position);
    },
    async forget(conversation) {
      const pk = pkOf(conversation);
      // First it is over, for everybody; what is then left is swept away here, or by the next purge.
      let life = '';
      const etag = await changeItem(items, pk, HEAD, (before) => {
        if (!before) return null;
        life = headSchema.parse(before).life;
        return { put: { ...withoutMarks(before), expires: new Date(0).toISOString() } };
      });
      if (etag === null) return;
      await drop(pk, life);
      await items.remove(pk, [{ remove: HEAD, etag }]);
    },
    async purge(now) {
      const which = conditions().is('kind', 'head').is('tenant', tenant);
      const expired = which.compare('expires', '<=', now.toISOString()).select(['pk', 'life', '_etag']);
      let removed = 0;
      for await (const rows of items.query(expired, null, PAGE))
        for (const row of rows) {
          const { pk, life, _etag } = expiredSchema.parse(row);
          await drop(pk, life);
          if (await items.remove(pk, [{ remove: HEAD, etag: _etag }])) removed += 1;
        }
      return removed;
    },
  };
}

// The database's own fields are not written back.
function withoutMarks({ ops: _, id, pk, ...rest }: Found): Put['put'] {
  return { ...Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith('_'))), id, pk };
}

function placed(row: unknown): PlacedEntry {
  const { entry, position, isShown, awaitsAnswer, body } = entrySchema.parse(row);
  return { id: entry, position, isShown, awaitsAnswer, body: JSON.parse(body) as unknown };
}
