import type { Content } from '../content/content.ts';
import { fillText } from '../conversation/render.ts';
import type { Values } from '../conversation/reply.ts';
import { deadline } from '../tickets/deadline.ts';
import type { Status, Ticket } from '../tickets/ticket.ts';
import { asksForCode, mayDisclose } from './disclosure.ts';
import { type Addresses, type Fact, type Letter, type Part, writeLetter } from './letter.ts';
import { quoteParts } from './quote-parts.ts';

/** One step in a ticket's history. */
export type HistoryStep = Ticket['history'][number];

/** The letter about a step of a ticket, which may have gone further since. */
export function movedLetter(
  ticket: Ticket,
  step: HistoryStep,
  content: Content,
  addresses: Addresses,
): Letter {
  const { locale, number } = ticket;
  const say = (id: string, values: Values = {}) => fillText(id, values, content, locale);
  const paragraph = (id: string, values: Values = {}): Part => ({ is: 'paragraph', text: say(id, values) });
  const quote = (passage: string) => quoteParts(passage, content, locale, addresses);
  const isToConfirm = step.to === 'awaiting_verification' && !mayDisclose(ticket) && asksForCode(ticket);
  const due = { day: { day: ticket.due ?? '' } };
  const kind = kinds[step.to] ?? { subject: 'mail.moved.subject', lead: 'mail.moved.lead' };
  const facts: Fact[] = [
    { name: say('mail.number'), value: number },
    { name: say('mail.type'), value: say(`request.${ticket.type}.title`) },
    { name: say('mail.status'), value: say(`status.is.${step.to}`) },
    ...(ticket.due && open.includes(step.to) ? [{ name: say('mail.due'), value: say('mail.day', due) }] : []),
    ...(step.to === 'extended' ? earlierDate(ticket, content) : []),
  ];
  return writeLetter(
    say(kind.subject, { number }),
    [
      paragraph('mail.hello'),
      paragraph(kind.lead, step.to === 'extended' ? { due: due.day } : {}),
      { is: 'facts', facts },
      ...reasonParts(ticket, step, content, addresses),
      ...(step.to === 'awaiting_verification' ? quote('rights-5') : []),
      // The two months and their terms are those of the GDPR; other laws' days are counted differently.
      ...(step.to === 'extended' && ticket.dueRule === 'gdpr_month' ? [paragraph('mail.extended.law')] : []),
      ...(step.to === 'refused'
        ? [paragraph('mail.refused.complain'), paragraph('mail.refused.law'), ...quote('rights-7')]
        : []),
      ...(step.to === 'referred'
        ? quote(ticket.recipient.entity === 'marketsource_client' ? 'marketsource-4' : 'additional_notices-2')
        : []),
      ...(step.to === 'withdrawn' ? [paragraph('mail.withdrawn.again')] : []),
      ...(isHidden(ticket, step)
        ? []
        : [
            {
              is: 'link' as const,
              text: say(isToConfirm ? 'mail.confirm' : 'mail.follow'),
              url: addresses.find,
            },
          ]),
      paragraph('mail.automatic'),
    ],
    locale,
  );
}

const kinds: Partial<Record<Status, { subject: string; lead: string }>> = {
  submitted: { subject: 'mail.moved.subject', lead: 'mail.moved.submitted' },
  in_progress: { subject: 'mail.moved.subject', lead: 'mail.moved.in_progress' },
  awaiting_verification: { subject: 'mail.moved.subject', lead: 'mail.moved.awaiting_verification' },
  expired: { subject: 'mail.moved.subject', lead: 'mail.moved.expired' },
  extended: { subject: 'mail.extended.subject', lead: 'mail.extended.lead' },
  refused: { subject: 'mail.refused.subject', lead: 'mail.refused.lead' },
  referred: { subject: 'mail.referred.subject', lead: 'mail.referred.lead' },
  completed: { subject: 'mail.completed.subject', lead: 'mail.completed.lead' },
  withdrawn: { subject: 'mail.withdrawn.subject', lead: 'mail.withdrawn.lead' },
};

/** The states in which an answer is still to come. */
const open: readonly Status[] = ['submitted', 'in_progress', 'awaiting_verification', 'extended'];

/** What stands above the reason of a step, and what is said where it must not be told yet. */
const reasonTexts: Partial<Record<Status, { lead: string; hidden: string }>> = {
  extended: { lead: 'mail.reasons', hidden: 'mail.reasons_after_code' },
  refused: { lead: 'mail.reasons', hidden: 'mail.reasons_after_code' },
  referred: { lead: 'mail.referred_to', hidden: 'mail.referred_after_code' },
};
const message = { lead: 'mail.message', hidden: 'mail.message_after_code' };

// What an officer writes about somebody's request may tell who they are and what they had to do with the company.
function isHidden(ticket: Ticket, step: HistoryStep): boolean {
  return hasWords(step) && !mayDisclose(ticket) && asksForCode(ticket);
}

// What a person gave as their own reason need not be told them.
function hasWords(step: HistoryStep): boolean {
  return step.reason !== undefined && step.to !== 'withdrawn' && step.to !== 'expired';
}

function reasonParts(ticket: Ticket, step: HistoryStep, content: Content, addresses: Addresses): Part[] {
  if (!hasWords(step)) return [];
  const say = (id: string) => fillText(id, {}, content, ticket.locale);
  const { lead, hidden } = reasonTexts[step.to] ?? message;
  if (isHidden(ticket, step)) return [{ is: 'link', text: say(hidden), url: addresses.find }];
  return [{ is: 'words', lead: say(lead), text: step.reason ?? '' }];
}

function earlierDate(ticket: Ticket, content: Content): Fact[] {
  const type = content.requests.get(ticket.type);
  if (!type) return [];
  const before = deadline(type.deadline, new Date(ticket.receivedAt), ticket.slots.country ?? null).due;
  if (!before || before === ticket.due) return [];
  const say = (id: string, values: Values = {}) => fillText(id, values, content, ticket.locale);
  return [{ name: say('mail.extended.before'), value: say('mail.day', { day: { day: before } }) }];
}
