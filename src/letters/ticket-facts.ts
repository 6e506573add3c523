import type { Content } from '../content/content.ts';
import { fillText } from '../conversation/render.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { Fact } from './letter.ts';

/** What every letter about a request says of it: its number and type. */
export function ticketFacts(ticket: Ticket, content: Content): Fact[] {
  const say = (id: string) => fillText(id, {}, content, ticket.locale);
  return [
    { name: say('mail.number'), value: ticket.number },
    { name: say('mail.type'), value: say(`request.${ticket.type}.title`) },
  ];
}

/**
 * By when it is answered. What is dealt with at once has a day for its confirmation, unless more time was taken; a wish
 * to talk has none.
 */
export function dueFacts({ type, status, due, locale }: Ticket, content: Content): Fact[] {
  if (!due) return [];
  const say = (id: string) => fillText(id, {}, content, locale);
  const value = fillText('mail.day', { day: { day: due } }, content, locale);
  if (content.requests.get(type)?.deadline !== 'at_once' || status === 'extended')
    return [{ name: say('mail.due'), value }];
  return [
    { name: say('mail.handled'), value: say('mail.at_once') },
    { name: say('mail.due_confirmation'), value },
  ];
}
