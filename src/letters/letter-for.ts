import type { Content } from '../content/content.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { OutboxEntry } from '../tickets/ticket-store.ts';
import { codeLetter } from './code-letter.ts';
import type { Addresses, HistoryStep, Letter } from './letter.ts';
import { movedLetter } from './moved-letter.ts';
import { receiptLetter } from './receipt-letter.ts';

/** The kinds of entries in the outbox that become letters. */
export const LETTER_KINDS = ['mail.receipt', 'mail.moved', 'mail.code'] as const;

/**
 * The letter that an entry asks for, in the ticket's language, or null where there is nothing left to write.
 * @param code the six digits that hold now; null where none do.
 */
export function letterFor(
  entry: OutboxEntry,
  ticket: Ticket,
  code: string | null,
  content: Content,
  addresses: Addresses,
): Letter | null {
  if (entry.kind === 'mail.receipt') {
    // It was late, and the person has taken the request back meanwhile: the letter about that has gone.
    if (ticket.status === 'withdrawn') return null;
    const isFirst = entry.id === `${ticket.id}/receipt`;
    return receiptLetter(ticket, content, addresses, isFirst ? 'request' : 'address');
  }
  if (entry.kind === 'mail.code') return code === null ? null : codeLetter(ticket, code, content);
  const step = entry.kind === 'mail.moved' ? stepOf(entry, ticket) : undefined;
  if (!step) return null;
  // A draft that is sent in becomes a request: that is what a receipt is for.
  if (step.from === 'draft' && step.to === 'submitted') return receiptLetter(ticket, content, addresses);
  return movedLetter(ticket, step, content, addresses);
}

// Each step has an entry of its own, named by how long the history was then: a letter that comes late is about its own
// step, not about where the ticket is by now.
function stepOf(entry: OutboxEntry, ticket: Ticket): HistoryStep | undefined {
  const length = Number(/\/(\d+)$/.exec(entry.id)?.[1]);
  return Number.isInteger(length) ? ticket.history[length - 1] : ticket.history.at(-1);
}
