import { z } from 'zod';
import { allowedNext } from '../../tickets/life-cycle.ts';
import { statuses } from '../../tickets/ticket.ts';
import { conditions } from './conditions.ts';
import type { Items, Removal } from './items.ts';
import { removeItem } from './remove-item.ts';
import { NUMBER, numberPartition, TICKET } from './ticket-items.ts';

const ended = statuses.filter((status) => allowedNext(status).length === 0);
const rowSchema = z.object({ pk: z.string(), number: z.string(), _etag: z.string() });
const entrySchema = z.object({ id: z.string() });
const PAGE = 100;

/**
 * Deletes tickets whose time is over; returns how many. A number is given back first, and a ticket goes together with
 * what was to be told of it: what a crash leaves, the next round finds. A ticket that has changed meanwhile stays.
 */
export async function purgeTickets(
  items: Items,
  tenant: string,
  { draftsBefore, endedBefore }: { draftsBefore: Date; endedBefore: Date },
): Promise<number> {
  const all = () => conditions().is('kind', 'ticket').is('tenant', tenant);
  const old = [
    all().is('status', 'draft').compare('createdAt', '<', draftsBefore.toISOString()),
    all().isIn('status', ended).compare('changedAt', '<', endedBefore.toISOString()),
  ];
  let removed = 0;
  for (const which of old)
    for await (const rows of items.query(which.select(['pk', 'number', '_etag']), null, PAGE))
      for (const row of rows) {
        const { pk, number, _etag } = rowSchema.parse(row);
        await removeItem(items, numberPartition(tenant, number), NUMBER);
        const entries: Removal[] = [];
        const told = conditions().is('kind', 'outbox').select(['id']);
        for await (const found of items.query(told, pk, PAGE))
          entries.push(...found.map((entry) => ({ remove: entrySchema.parse(entry).id })));
        if (await items.remove(pk, [{ remove: TICKET, etag: _etag }, ...entries])) removed += 1;
      }
  return removed;
}
