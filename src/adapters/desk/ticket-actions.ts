import { z } from 'zod';
import type { Actor } from '../../tickets/audit.ts';
import type { Office } from '../../tickets/office.ts';
import { statuses } from '../../tickets/ticket.ts';
import { EtagMismatch, type StoredTicket } from '../../tickets/ticket-store.ts';

const LONGEST = 20_000;
const etag = z.string().min(1).max(200);
const text = z
  .string()
  .max(LONGEST)
  .transform((typed) => typed.trim());

/** What an officer may do with a ticket, as its forms send it. */
export const ticketActionSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('move'), etag, to: z.enum(statuses), text: text.default('') }),
  z.object({ do: z.literal('assign'), etag, to: z.enum(['me', 'nobody']) }),
  z.object({ do: z.literal('note'), etag, text: text.pipe(z.string().min(1)) }),
  z.object({ do: z.literal('identify'), etag, to: z.enum(['unconfirmed', 'email_confirmed', 'verified']) }),
]);

export type TicketAction = z.infer<typeof ticketActionSchema>;

/**
 * Does it. @throws {TransitionError} where the ticket may not go there; {EtagMismatch} where it has changed since the
 * form was made.
 */
export async function act(
  action: TicketAction,
  found: StoredTicket,
  office: Office,
  by: Actor,
): Promise<StoredTicket> {
  // What the officer saw decides: whether a step fits what is there now is another question.
  if (action.etag !== found.etag) throw new EtagMismatch('ticket');
  switch (action.do) {
    case 'move':
      return office.move(found, action.to, by, action.text || undefined);
    case 'assign':
      return office.assign(found, action.to === 'me' ? by.id : null, by);
    case 'note':
      return office.note(found, action.text, by);
    case 'identify':
      return office.identify(found, action.to, by);
  }
}
