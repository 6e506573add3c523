import { z } from 'zod';
import type { readableBy } from '../../tickets/readable.ts';
import { isDownwards, pageOf, seekOf } from '../../tickets/ticket-order.ts';
import type { TicketFilter, TicketPage, TicketQuery } from '../../tickets/ticket-store.ts';
import { conditions } from './conditions.ts';
import { firstOf } from './first-of.ts';
import type { Items } from './items.ts';
import { keyOf, ticketOf } from './ticket-items.ts';

/** The fields that tickets are ordered by. */
const orders = { due: 'place', ended: 'endPlace' } as const;

const namedSchema = z.object({ ticketId: z.string() });

/** So many places come in a page of the database's: they are short. */
const PLACES = 1000;

/**
 * The tickets that fit, by their places. The database orders nothing across partitions: it gives the places of all that
 * fit beyond the cursor, the first of them are kept, and only those tickets are fetched. A ticket that no longer fits
 * when it is fetched is left out.
 */
export async function findTickets(
  items: Items,
  tenant: string,
  query: TicketQuery,
  readable: ReturnType<typeof readableBy>,
): Promise<TicketPage> {
  const { limit, cursor, order = 'due', ...filter } = query;
  if (isNever(filter)) return { tickets: [], unreadable: 0, cursor: null, back: null };
  const seek = seekOf(cursor);
  const isDown = isDownwards(order, seek);
  const field = orders[order];
  // Who has not ended has no place among those that have: no text is what lies beyond one.
  const beyond = conditionsOf(tenant, filter).compare(field, isDown && seek ? '<' : '>', seek?.place ?? '');
  const placeSchema = z.object({ [field]: z.string(), ticketId: z.string() });
  const places = rowsOf(items, beyond.select([field, 'ticketId']), (row) => {
    const { [field]: place = '', ticketId = '' } = placeSchema.parse(row);
    return { place, ticketId };
  });
  const first = await firstOf(places, limit + 1, (one, other) =>
    one.place < other.place === isDown ? 1 : -1,
  );
  const { rows, ...ends } = pageOf(first, limit, seek, ({ place }) => place);
  if (rows.length === 0) return { tickets: [], unreadable: 0, ...ends };
  const ids = rows.map(({ ticketId }) => ticketId);
  const found = new Map<string, unknown>();
  const whole = conditionsOf(tenant, filter).isIn('ticketId', ids).select('*');
  for await (const some of items.query(whole, null, limit))
    for (const row of some) found.set(namedSchema.parse(row).ticketId, row);
  const named = ids.flatMap((id) => (found.has(id) ? [{ id, row: found.get(id) }] : []));
  return { ...readable(named, ({ row }) => ticketOf(row)), ...ends };
}

/** How many tickets fit. */
export async function countTickets(items: Items, tenant: string, filter: TicketFilter): Promise<number> {
  if (isNever(filter)) return 0;
  let count = 0;
  const ids = conditionsOf(tenant, filter).select(['ticketId']);
  for await (const rows of items.query(ids, null, PLACES)) count += rows.length;
  return count;
}

async function* rowsOf<Row>(items: Items, spec: Parameters<Items['query']>[0], read: (row: unknown) => Row) {
  for await (const rows of items.query(spec, null, PLACES)) yield rows.map(read);
}

// A list without a value fits nothing, and cannot be asked for.
function isNever({ statuses, type }: TicketFilter): boolean {
  return statuses?.length === 0 || (type !== undefined && type.length === 0);
}

function conditionsOf(tenant: string, filter: TicketFilter) {
  const { statuses, type, team, assignee, dueBy, email, phone, numberPart } = filter;
  const all = conditions().is('kind', 'ticket').is('tenant', tenant);
  if (statuses) all.isIn('status', statuses);
  if (type !== undefined) all.isIn('type', [type].flat());
  if (team !== undefined) all.is('team', team);
  if (assignee !== undefined) all.is('assignee', assignee);
  // A place is the day, a space and the id; "!" comes behind a space.
  if (dueBy !== undefined) all.compare('place', '<', `${dueBy}!`);
  if (email !== undefined) all.is('emailKey', keyOf(email.toLowerCase()));
  if (phone !== undefined) all.is('phoneKey', keyOf(phone));
  if (numberPart !== undefined) all.contains('number', numberPart);
  return all;
}
