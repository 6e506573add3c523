import { z } from 'zod';
import { readableBy, type TellUnreadable } from '../../tickets/readable.ts';
import { type Ticket, ticketSchema } from '../../tickets/ticket.ts';
import { hashToken } from '../../tickets/ticket-number.ts';
import {
  EtagMismatch,
  NumberTaken,
  type OutboxEntry,
  type StoredTicket,
  type TicketStore,
} from '../../tickets/ticket-store.ts';
import { changeItem } from './change-item.ts';
import { conditions } from './conditions.ts';
import { CosmosFailure } from './cosmos-failure.ts';
import { countTickets, findTickets } from './find-tickets.ts';
import { firstOf } from './first-of.ts';
import type { Items } from './items.ts';
import type { Cosmos } from './open-cosmos.ts';
import { purgeTickets } from './purge-tickets.ts';
import { removeItem } from './remove-item.ts';
import {
  entryId,
  entryItem,
  entryOf,
  NUMBER,
  numberPartition,
  partitionOf,
  TICKET,
  ticketItem,
  ticketOf,
} from './ticket-items.ts';

const pointerSchema = z.object({ ticketId: z.string() });
const PAGE = 500;
/** So often a ticket that is known to be there is looked for: another replica may not have it yet. */
const LOOKS = 20;
const LOOK_MS = 50;

/**
 * Tickets and their outbox in Cosmos DB. A ticket and its outbox entries share a partition, and with it a transaction.
 *
 * What must be unique across partitions: a key is, because a ticket's id is made from it (`mintFrom`), and the second
 * of two meets the first one's id; a number is, because it is taken first, in a partition of its own, for one ticket id
 * and for good. A process that ends between the two leaves a number taken for a ticket that gets it when it comes again.
 */
export function cosmosTickets(
  { tickets: items, tenant }: Pick<Cosmos, 'tickets' | 'tenant'>,
  unreadable: TellUnreadable = () => {},
): TicketStore {
  const readable = readableBy(unreadable);
  const pkOf = (ticketId: string) => partitionOf(tenant, ticketId);

  const byId = async (id: string): Promise<StoredTicket | null> => {
    const found = await items.read(pkOf(id), TICKET);
    return found ? ticketOf(found) : null;
  };

  const one = async (field: 'tokenHash' | 'idempotencyKey', value: string): Promise<StoredTicket | null> => {
    const spec = conditions().is('kind', 'ticket').is('tenant', tenant).is(field, value).select('*');
    const [found] = await firstOf(items.query(spec, null, 1), 1, () => 0);
    return found === undefined ? null : ticketOf(found);
  };

  const ownerOf = async (number: string): Promise<string | null> => {
    const found = await items.read(numberPartition(tenant, number), NUMBER);
    return found ? pointerSchema.parse(found).ticketId : null;
  };

  const takeNumber = async ({ number, id }: Ticket): Promise<void> => {
    const pk = numberPartition(tenant, number);
    const put = { id: NUMBER, pk, kind: 'number', tenant, ticketId: id };
    const { conflict } = await items.write(pk, [{ put, before: null }]);
    if (conflict === null) return;
    if ((await certain(() => ownerOf(number))) !== id) throw new NumberTaken(number);
  };

  const puts = (entries: readonly OutboxEntry[], pk: string) =>
    entries.map((entry) => ({
      put: { ...entryItem(tenant, entry), id: entryId(entry.id), pk },
      before: null,
    }));

  // Entries are named after their ticket; one with a name of its own is searched for.
  const placeOfEntry = async (id: string): Promise<{ pk: string; id: string } | null> => {
    const guess = pkOf(id.split('/')[0] ?? '');
    if (id.includes('/') && (await items.read(guess, entryId(id)))) return { pk: guess, id: entryId(id) };
    const which = conditions().is('kind', 'outbox').is('tenant', tenant).is('entry', id);
    const [found] = await firstOf(items.query(which.select('*'), null, 1), 1, () => 0);
    return found === undefined ? null : { pk: pkOf(entryOf(found).ticketId), id: entryId(id) };
  };

  return {
    async create(given, outbox) {
      const ticket = ticketSchema.parse(given);
      const first = (await byId(ticket.id)) ?? (await one('idempotencyKey', ticket.idempotencyKey));
      if (first) return { ...first, created: false };
      await takeNumber(ticket);
      const pk = pkOf(ticket.id);
      const put = { ...ticketItem(tenant, ticket), id: TICKET, pk };
      const { etag } = await items.write(pk, [{ put, before: null }, ...puts(outbox, pk)]);
      if (etag !== null) return { ticket, etag, created: true };
      return { ...(await certain(() => byId(ticket.id))), created: false };
    },
    byId,
    async byNumber(number) {
      const id = await ownerOf(number);
      return id === null ? null : byId(id);
    },
    byToken: (token) => one('tokenHash', hashToken(token)),
    async update(given, etag, outbox) {
      const ticket = ticketSchema.parse(given);
      const pk = pkOf(ticket.id);
      const before = await items.read(pk, TICKET);
      if (before?._etag !== etag) throw new EtagMismatch('ticket');
      const put = { ...ticketItem(tenant, ticket), id: TICKET, pk };
      const written = await items.write(pk, [{ put, before }, ...puts(outbox, pk)]);
      if (written.etag !== null) return { ticket, etag: written.etag };
      if (written.conflict > 0) throw new CosmosFailure('add an outbox entry whose id is there', '409');
      throw new EtagMismatch('ticket');
    },
    find: (query) => findTickets(items, tenant, query, readable),
    count: (filter) => countTickets(items, tenant, filter),
    purge: (before) => purgeTickets(items, tenant, before),
    async pending(now, limit, kinds) {
      if (kinds?.length === 0) return [];
      const which = conditions().is('kind', 'outbox').is('tenant', tenant);
      which.compare('notBefore', '<=', now.toISOString());
      if (kinds) which.isIn('told', kinds);
      return firstOf(entriesOf(items, which), limit, (one, other) =>
        `${one.notBefore} ${one.id}` < `${other.notBefore} ${other.id}` ? -1 : 1,
      );
    },
    async claim({ id, notBefore }, until) {
      const place = await placeOfEntry(id);
      if (!place) return false;
      const put = await changeItem(items, place.pk, place.id, (before) => {
        const entry = before ? entryOf(before) : null;
        if (entry?.notBefore !== notBefore) return null;
        const attempts = entry.attempts + 1;
        return { put: entryItem(tenant, { ...entry, attempts, notBefore: until.toISOString() }) };
      });
      return put !== null;
    },
    async sent(id) {
      const place = await placeOfEntry(id);
      if (place) await removeItem(items, place.pk, place.id);
    },
    async putOff(id, notBefore) {
      const place = await placeOfEntry(id);
      if (!place) return;
      await changeItem(items, place.pk, place.id, (before) => {
        if (!before) return null;
        return { put: entryItem(tenant, { ...entryOf(before), notBefore: notBefore.toISOString() }) };
      });
    },
  };
}

async function* entriesOf(items: Items, which: ReturnType<typeof conditions>) {
  for await (const rows of items.query(which.select('*'), null, PAGE)) yield rows.map(entryOf);
}

// What a write has met is there; a read may come to a replica that does not know it yet.
async function certain<T>(look: () => Promise<T | null>): Promise<T> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new CosmosFailure('read what it holds', '404');
}
