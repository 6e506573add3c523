import type { Content } from '../../content/content.ts';
import { sayIn } from '../../pages/site-page.ts';
import type { Locale } from '../../text/words.ts';
import { dayOf, HOME_ZONE } from '../../tickets/calendar.ts';
import { allowedNext } from '../../tickets/life-cycle.ts';
import type { Ticket } from '../../tickets/ticket.ts';

/**
 * The complaint to the Swedish authority, ready to be copied, once the day of the answer (GDPR art. 12(3)) has passed
 * without one; null before. It holds what IMY's form asks for: what was infringed, that it concerns the person, who is
 * responsible, their name and how to reach them.
 */
export function authorityComplaint(
  ticket: Ticket,
  now: Date,
  content: Content,
  locale: Locale,
): string | null {
  const { due, slots, recipient, type } = ticket;
  const isOpen = allowedNext(ticket.status).length > 0;
  // A report of an incident is no request that art. 12(3) speaks of; other countries' rules are others' to watch.
  if (!due || !isOpen || ticket.dueRule !== 'gdpr_month' || type === 'security_incident') return null;
  if (dayOf(now, HOME_ZONE) <= due) return null;
  const say = sayIn(content, locale);
  const { name, whole } = COMPANIES[recipient.entity];
  const contact = [slots.email, slots.phone].filter((each) => each !== undefined).join(', ');
  return [
    say('own.complaint_to'),
    say('own.complaint_infringement', {
      company: { text: name },
      title: { text: `request.${type}.title` },
      received: { day: dayOf(new Date(ticket.receivedAt), HOME_ZONE) },
      number: ticket.number,
      due: { day: due },
    }),
    say(type === 'child_data' ? 'own.complaint_child' : 'own.complaint_me'),
    say('own.complaint_responsible', { company: { text: whole } }),
    say('own.complaint_name', { name: slots.name ?? '…' }),
    say('own.complaint_contact', { contact }),
  ].join('\n\n');
}

const COMPANIES: Record<Ticket['recipient']['entity'], { name: string; whole: string }> = {
  limited: { name: 'own.name_limited', whole: 'own.company_limited' },
  inc: { name: 'own.name_inc', whole: 'own.company_inc' },
  marketsource_client: { name: 'own.company_client', whole: 'own.company_client' },
};
