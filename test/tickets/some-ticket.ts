import type { Ticket } from '../../src/tickets/ticket.ts';
import { hashToken, mintFrom } from '../../src/tickets/ticket-number.ts';
import type { OutboxEntry } from '../../src/tickets/ticket-store.ts';

const mint = mintFrom(new Uint8Array(32));

/** A submitted erasure of an invented person; `key` tells tickets apart. */
export function someTicket(key: string, changes: Partial<Ticket> = {}): Ticket {
  const { id, number, token } = mint(key);
  return {
    id,
    number,
    tokenHash: hashToken(token),
    type: 'erasure',
    status: 'submitted',
    locale: 'sv',
    slots: { name: 'Anna Berg', email: 'anna.berg@example.se' },
    recipient: { team: 'privacy_office', entity: 'limited' },
    channel: 'web',
    receivedAt: '2026-01-31T09:00:00.000Z',
    createdAt: '2026-01-31T09:00:00.000Z',
    due: '2026-03-02',
    dueRule: 'gdpr_month',
    idempotencyKey: key,
    history: [],
    identity: 'unconfirmed',
    assignee: null,
    notes: [],
    said: [],
    passages: [],
    cited: [],
    amendments: [],
    notice: 'allegis-2018-08-24',
    ...changes,
  };
}

/** The token that opens the ticket of a key. */
export function someToken(key: string): string {
  return mint(key).token;
}

export function someEntry(ticket: Ticket, changes: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    id: `${ticket.id}/filed`,
    ticketId: ticket.id,
    kind: 'ticket.filed',
    createdAt: ticket.createdAt,
    notBefore: ticket.createdAt,
    attempts: 0,
    ...changes,
  };
}
