import { readContent } from '../../src/content/content.ts';
import type { Addresses } from '../../src/letters/letter.ts';
import { inLanguage } from '../../src/pages/site-page.ts';
import { ROOT } from '../../src/paths.ts';
import { entriesFor, entriesForMove } from '../../src/tickets/outbox.ts';
import type { Status, Ticket } from '../../src/tickets/ticket.ts';
import type { OutboxEntry } from '../../src/tickets/ticket-store.ts';
import { someTicket } from '../tickets/some-ticket.ts';

export const content = readContent(ROOT);

export const addresses: Addresses = {
  find: (locale) => `https://privacy.example.se${inLanguage('/request/find', locale)}`,
  begin: (locale) => `https://privacy.example.se${inLanguage('/request', locale)}`,
  passage: (id, locale) => `https://privacy.example.se${inLanguage('/notice', locale)}#${id}`,
  answers: null,
};

/** A ticket that has gone through states, and the entry for its last step. */
export function movedTo(
  to: Status,
  changes: Partial<Ticket> = {},
  reason?: string,
): { ticket: Ticket; entry: OutboxEntry } {
  const at = '2026-02-10T10:00:00.000Z';
  const base = someTicket('letter', changes);
  const step = { at, from: base.status, to, by: 'officer', ...(reason === undefined ? {} : { reason }) };
  const ticket = { ...base, status: to, history: [...base.history, step] };
  return { ticket, entry: mailEntry(entriesForMove(ticket)) };
}

/** The entry for a ticket's receipt. */
export function receiptEntry(ticket: Ticket): OutboxEntry {
  return mailEntry(entriesFor(ticket));
}

/** The one letter among entries. */
export function mailEntry(entries: readonly OutboxEntry[]): OutboxEntry {
  const found = entries.find(({ kind }) => kind.startsWith('mail.'));
  if (!found) throw new RangeError('no letter is due');
  return found;
}
