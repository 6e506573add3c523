import type { Content } from '../content/content.ts';
import { fillText, slotValue } from '../conversation/render.ts';
import type { Values } from '../conversation/reply.ts';
import { deadlineLines } from '../pages/deadline-lines.ts';
import { capitalised } from '../text/words.ts';
import { firstDeadline } from '../tickets/first-deadline.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { closingParts } from './closing-parts.ts';
import { mayDisclose } from './disclosure.ts';
import { type Addresses, type Letter, type Part, writeLetter } from './letter.ts';
import { quoteParts } from './quote-parts.ts';
import { dueFacts, ticketFacts } from './ticket-facts.ts';

/**
 * The receipt: number, type, due date and how it was counted, and, once the address is known to be the person's, what
 * was sent. What the notice promises those who file such a request is quoted.
 * @param of what is new: the request, or the address that it goes to.
 */
export function receiptLetter(
  ticket: Ticket,
  content: Content,
  addresses: Addresses,
  of: 'request' | 'address' = 'request',
): Letter {
  const { locale, number } = ticket;
  const say = (id: string, values: Values = {}) => fillText(id, values, content, locale);
  const paragraph = (id: string): Part => ({ is: 'paragraph', text: say(id) });
  const texts = of === 'address' ? newAddress : newRequest(ticket);
  const items = countedSteps(ticket, content);
  const type = content.requests.get(ticket.type);
  return writeLetter(
    say(texts.subject, { number }),
    [
      paragraph('mail.hello'),
      paragraph(texts.lead),
      { is: 'facts', facts: [...ticketFacts(ticket, content), ...dueFacts(ticket, content)] },
      paragraph(texts.next),
      ...(items.length > 0 ? [{ is: 'list' as const, lead: say('mail.receipt.counted'), items }] : []),
      ...(mayDisclose(ticket) ? sentParts(ticket, content) : [paragraph('mail.receipt.unconfirmed')]),
      ...(type?.promise ? quoteParts(type.promise, content, locale, addresses) : []),
      { is: 'link', text: say('mail.follow'), url: addresses.find(locale) },
      ...(mayDisclose(ticket) ? [] : [paragraph(texts.notYou)]),
      ...closingParts(ticket, content, addresses),
    ],
    locale,
  );
}

const newAddress = {
  subject: 'mail.address.subject',
  lead: 'mail.address.lead',
  next: 'mail.address.next',
  notYou: 'mail.address.not_you',
};

function newRequest({ filedBy, type }: Ticket): typeof newAddress {
  return {
    subject: 'mail.receipt.subject',
    lead: filedBy ? 'mail.receipt.filed_for' : 'mail.receipt.lead',
    next: type === 'human_contact' ? 'mail.receipt.next_human' : 'mail.receipt.next',
    notYou: 'mail.receipt.not_you',
  };
}

// How the date came about, as long as that is how the date stands: a request amended or extended since is counted
// from something else.
function countedSteps(ticket: Ticket, content: Content): readonly string[] {
  const { due } = firstDeadline(ticket, content);
  return due === ticket.due ? deadlineLines(ticket, content, ticket.locale) : [];
}

function sentParts(ticket: Ticket, content: Content): Part[] {
  const { locale, slots } = ticket;
  const facts = Object.keys(content.slots).flatMap((slot) => {
    const value = slots[slot];
    if (!value) return [];
    const name = fillText(`slot.${slot}`, {}, content, locale);
    return [
      {
        name: capitalised(name),
        value: slotValue(slot, value, content, locale).replace(/\s*\n+\s*/g, ' · '),
      },
    ];
  });
  return [{ is: 'facts', lead: fillText('mail.receipt.sent', {}, content, locale), facts }];
}
