import type { MailRoom, Unposted } from '../../src/adapters/mail/mail-courier.ts';
import { memoryDocuments } from '../../src/adapters/memory/memory-documents.ts';
import { memoryTickets } from '../../src/adapters/memory/memory-tickets.ts';
import { confirmationsIn } from '../../src/tickets/confirmation.ts';
import { type Courier, deliverDue } from '../../src/tickets/courier.ts';
import { entriesFor } from '../../src/tickets/outbox.ts';
import { paceIn } from '../../src/tickets/pace.ts';
import type { Ticket } from '../../src/tickets/ticket.ts';
import { addresses, content } from '../letters/some-letters.ts';

export const start = new Date('2026-02-01T12:00:00Z');

/** A mail room over memory that notes what it is told, and the rounds of an outbox. */
export function someMailRoom(changes: Partial<MailRoom> = {}) {
  const documents = memoryDocuments();
  const confirmations = confirmationsIn(documents, new Uint8Array(32));
  const delayed: (Unposted & { until: Date })[] = [];
  const givenUp: Unposted[] = [];
  const unexpected: object[] = [];
  const tickets = memoryTickets();
  const room: MailRoom = {
    content,
    addresses,
    confirmations,
    pace: paceIn(documents, new Uint8Array(32)),
    sender: { name: 'Sekretessassistenten', address: 'noreply@example.se', replyTo: null },
    delayed: (letter) => delayed.push(letter),
    givenUp: async (letter) => {
      givenUp.push(letter);
    },
    ...changes,
  };
  return {
    room,
    confirmations,
    tickets,
    delayed,
    givenUp,
    unexpected,
    /** Files a ticket at the start, with a receipt due. */
    async file(ticket: Ticket) {
      const filed = { ...ticket, createdAt: start.toISOString() };
      return tickets.create(filed, entriesFor(filed));
    },
    /** Delivers what is due so many seconds after the start. */
    round: (courier: Courier, seconds: number) =>
      deliverDue(tickets, [courier], {
        clock: () => new Date(start.getTime() + seconds * 1000),
        undelivered: (failure) => unexpected.push(failure),
      }),
    /** How many letters are still in the outbox. */
    async left() {
      return (
        await tickets.pending(new Date('2030-01-01'), 1000, ['mail.receipt', 'mail.moved', 'mail.code'])
      ).length;
    },
  };
}
