import { z } from 'zod';
import { maskPersonalNumbers } from '../../conversation/personal-number.ts';
import type { Actor } from '../../tickets/audit.ts';
import type { Office } from '../../tickets/office.ts';
import { statuses } from '../../tickets/ticket.ts';
import { EtagMismatch, type StoredTicket } from '../../tickets/ticket-store.ts';
import { needsWords } from './move-forms.ts';

const LONGEST = 20_000;
const etag = z.string().min(1).max(200);
/** What an officer writes is kept and mailed: no personal identity number may stand in it. */
const text = z
  .string()
  .max(LONGEST)
  .transform((typed) => maskPersonalNumbers(typed).text.trim());
const written = text.pipe(z.string().min(1));

/** What an officer may do with a ticket. */
export const ticketActionSchema = z.discriminatedUnion('do', [
  z
    .object({ do: z.literal('move'), etag, to: z.enum(statuses), text: text.default('') })
    .refine((step) => !needsWords(step.to) || step.text !== ''),
  z.object({ do: z.literal('assign'), etag, to: z.string().min(1).max(200) }),
  z.object({ do: z.literal('note'), etag, text: written }),
  z.object({ do: z.literal('identify'), etag, to: z.enum(['unconfirmed', 'email_confirmed', 'verified']) }),
  z.object({ do: z.literal('join'), etag, to: z.string().min(1).max(20), text: written }),
]);

export type TicketAction = z.infer<typeof ticketActionSchema>;

/**
 * Does it. @throws {TransitionError} where the ticket may not go there; {EtagMismatch} where it has changed since the
 * form was made.
 */
export async function act(
  action: Exclude<TicketAction, { do: 'join' }>,
  found: StoredTicket,
  office: Office,
  by: Actor,
): Promise<StoredTicket> {
  needSame(action, found);
  switch (action.do) {
    case 'move':
      return office.move(found, action.to, by, action.text || undefined);
    case 'assign':
      return office.assign(found, assigneeOf(action.to, by), by);
    case 'note':
      return office.note(found, action.text, by);
    case 'identify':
      return office.identify(found, action.to, by);
  }
}

/** What the officer saw decides: whether a step fits what is there now is another question. @throws {EtagMismatch} */
export function needSame(seen: { etag: string }, found: StoredTicket): void {
  if (seen.etag !== found.etag) throw new EtagMismatch('ticket');
}

function assigneeOf(to: string, by: Actor): string | null {
  if (to === 'nobody') return null;
  return to === 'me' ? by.id : to;
}
