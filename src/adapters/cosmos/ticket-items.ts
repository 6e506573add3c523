import { createHash } from 'node:crypto';
import { z } from 'zod';
import { allowedNext } from '../../tickets/life-cycle.ts';
import { type Ticket, ticketSchema } from '../../tickets/ticket.ts';
import { endOf, placeOf } from '../../tickets/ticket-order.ts';
import { type OutboxEntry, outboxEntrySchema, type StoredTicket } from '../../tickets/ticket-store.ts';
import type { Found } from './items.ts';

/** The id of the ticket in its partition, and of the note that a number is taken in that number's. */
export const TICKET = 'ticket';
export const NUMBER = 'number';

/** The partition of a ticket and everything that changes with it. */
export function partitionOf(tenant: string, ticketId: string): string {
  return `${tenant}:${ticketId}`;
}

/** The partition of a number. */
export function numberPartition(tenant: string, number: string): string {
  return `${tenant}:number:${number}`;
}

/** A ticket's item: what it is searched by stands beside it, and the whole of it is one text. */
export function ticketItem(tenant: string, ticket: Ticket) {
  const { number, tokenHash, idempotencyKey, status, type, assignee, recipient, slots } = ticket;
  return {
    kind: 'ticket',
    tenant,
    ticketId: ticket.id,
    place: placeOf(ticket, 'due'),
    endPlace: allowedNext(status).length === 0 ? placeOf(ticket, 'ended') : null,
    number,
    tokenHash,
    idempotencyKey,
    status,
    type,
    team: recipient.team,
    assignee,
    emailKey: slots.email ? keyOf(slots.email.toLowerCase()) : null,
    phoneKey: slots.phone ? keyOf(slots.phone) : null,
    createdAt: ticket.createdAt,
    changedAt: endOf(ticket),
    body: JSON.stringify(ticket),
  };
}

/** What an address or a number is found by; it stands itself in the ticket alone. */
export function keyOf(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

const bodySchema = z.object({ body: z.string(), _etag: z.string() });

export function ticketOf(found: unknown): StoredTicket {
  const { body, _etag } = bodySchema.parse(found);
  return { ticket: ticketSchema.parse(JSON.parse(body)), etag: _etag };
}

/** The id of an entry's item; an id of the database may not hold a slash. */
export function entryId(id: string): string {
  return `outbox-${Buffer.from(id).toString('base64url')}`;
}

/** An outbox entry's item. */
export function entryItem(tenant: string, entry: OutboxEntry) {
  const { id, ...rest } = entry;
  return { kind: 'outbox', tenant, entry: id, told: rest.kind, ...withoutKind(rest) };
}

function withoutKind({ ticketId, createdAt, notBefore, attempts }: Omit<OutboxEntry, 'id'>) {
  return { ticketId, createdAt, notBefore, attempts };
}

const entrySchema = z
  .looseObject({ entry: z.string(), told: z.string() })
  .transform(({ entry, told, ticketId, createdAt, notBefore, attempts }) => ({
    id: entry,
    kind: told,
    ticketId,
    createdAt,
    notBefore,
    attempts,
  }))
  .pipe(outboxEntrySchema);

export function entryOf(found: Found | unknown): OutboxEntry {
  return entrySchema.parse(found);
}
