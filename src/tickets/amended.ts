import type { Content } from '../content/content.ts';
import { firstDeadline } from './first-deadline.ts';
import { recipientOf } from './recipient.ts';
import type { Ticket } from './ticket.ts';

/**
 * The ticket with other slots. Who answers and by when hangs on the country: both are found anew, unless the day has
 * been put off since. What was shown of who the person is holds for that person and that address.
 */
export function amended(ticket: Ticket, slots: Ticket['slots'], content: Content): Ticket {
  const changed = { ...ticket, slots: { ...slots } };
  const isAsCounted = firstDeadline(ticket, content).due === ticket.due;
  const { due, rule } = firstDeadline(changed, content);
  return {
    ...changed,
    recipient: recipientOf(ticket.recipient.team, slots.country ?? null, slots.relation ?? null),
    ...(isAsCounted ? { due, dueRule: rule } : {}),
    identity: isStillShown(ticket, slots) ? ticket.identity : 'unconfirmed',
  };
}

function isStillShown({ slots: before, identity }: Ticket, slots: Ticket['slots']): boolean {
  const named = identity === 'verified' ? ['email', 'name', 'phone'] : ['email'];
  return named.every((slot) => slots[slot] === before[slot]);
}
