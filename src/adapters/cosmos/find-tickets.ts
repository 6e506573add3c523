import { z } from 'zod';
import type { TicketPage, TicketQuery } from '../../tickets/ticket-store.ts';
import { conditions } from './conditions.ts';
import { firstOf } from './first-of.ts';
import type { Items } from './items.ts';
import { emailKeyOf, placeOf, ticketOf } from './ticket-items.ts';

const cursorSchema = z.string().regex(/^\d{4}-\d{2}-\d{2} [0-9a-f-]{36}$/);
const placeSchema = z.object({ place: z.string(), ticketId: z.string() });

/** So many places come in a page of the database's: they are short. */
const PLACES = 1000;

/**
 * The tickets that fit, by their places. The database orders nothing across partitions: it gives the places of all that
 * fit behind the cursor, the first of them are kept, and only those tickets are fetched. A ticket that no longer fits
 * when it is fetched is left out.
 */
export async function findTickets(items: Items, tenant: string, wanted: TicketQuery): Promise<TicketPage> {
  const { limit, cursor, statuses } = wanted;
  const after = cursor ? cursorSchema.parse(cursor) : '';
  if (statuses?.length === 0) return { tickets: [], cursor: null };
  const places = placesOf(items, conditionsOf(tenant, wanted).compare('place', '>', after));
  const first = await firstOf(places, limit + 1, (one, other) => (one.place < other.place ? -1 : 1));
  const page = first.slice(0, limit);
  if (page.length === 0) return { tickets: [], cursor: null };
  const ids = page.map(({ ticketId }) => ticketId);
  const rows: unknown[] = [];
  const spec = conditionsOf(tenant, wanted).isIn('ticketId', ids).select('*');
  for await (const found of items.query(spec, null, limit)) rows.push(...found);
  const tickets = rows
    .map(ticketOf)
    .sort((one, other) => (placeOf(one.ticket) < placeOf(other.ticket) ? -1 : 1));
  return { tickets, cursor: first.length > limit ? (page.at(-1)?.place ?? null) : null };
}

async function* placesOf(items: Items, which: ReturnType<typeof conditions>) {
  for await (const rows of items.query(which.select(['place', 'ticketId']), null, PLACES))
    yield rows.map((row) => placeSchema.parse(row));
}

function conditionsOf(tenant: string, { statuses, type, team, assignee, dueBy, email }: TicketQuery) {
  const all = conditions().is('kind', 'ticket').is('tenant', tenant);
  if (statuses) all.isIn('status', statuses);
  if (type !== undefined) all.is('type', type);
  if (team !== undefined) all.is('team', team);
  if (assignee !== undefined) all.is('assignee', assignee);
  // A place is the day, a space and the id; "!" comes behind a space.
  if (dueBy !== undefined) all.compare('place', '<', `${dueBy}!`);
  if (email !== undefined) all.is('emailKey', emailKeyOf(email));
  return all;
}
