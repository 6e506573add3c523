import type { Content } from '../content/content.ts';
import { fillText } from '../conversation/render.ts';
import type { Values } from '../conversation/reply.ts';
import { firstDeadline } from '../tickets/first-deadline.ts';
import type { Status, Ticket } from '../tickets/ticket.ts';
import { closingParts } from './closing-parts.ts';
import { asksForCode, mayDisclose } from './disclosure.ts';
import {
  type Addresses,
  type Fact,
  type HistoryStep,
  type Letter,
  type Part,
  writeLetter,
} from './letter.ts';
import { quoteParts } from './quote-parts.ts';
import { hasWords, isHidden, reasonParts } from './reason-parts.ts';
import { dueFacts, ticketFacts } from './ticket-facts.ts';

/** The letter about a step of a ticket, which may have gone further since. */
export function movedLetter(
  ticket: Ticket,
  step: HistoryStep,
  content: Content,
  addresses: Addresses,
): Letter {
  const { locale, number } = ticket;
  const say = (id: string, values: Values = {}) => fillText(id, values, content, locale);
  const { subject, lead, questions } = kindOf(ticket, step);
  const facts: Part = { is: 'facts', facts: stepFacts(ticket, step, content) };
  const reasons = reasonParts(ticket, step, content, addresses);
  return writeLetter(
    say(subject, { number }),
    [
      { is: 'paragraph', text: say('mail.hello') },
      { is: 'paragraph', text: say(lead, step.to === 'extended' ? { due: { day: ticket.due ?? '' } } : {}) },
      // What somebody has written to the person comes first; the way to it needs the number.
      ...(isHidden(ticket, step) ? [facts, ...reasons] : [...reasons, facts]),
      ...aboutStep(ticket, step, content, addresses),
      ...closingParts(ticket, content, addresses, questions),
    ],
    locale,
  );
}

interface Kind {
  subject: string;
  lead: string;
  /** When to write to us; where it is not named, with any question. */
  questions?: string;
}

const kinds: Partial<Record<Status, Kind>> = {
  submitted: { subject: 'mail.moved.subject', lead: 'mail.moved.submitted' },
  in_progress: { subject: 'mail.moved.subject', lead: 'mail.moved.in_progress' },
  awaiting_verification: { subject: 'mail.moved.subject', lead: 'mail.moved.awaiting_verification' },
  expired: { subject: 'mail.moved.subject', lead: 'mail.moved.expired' },
  extended: { subject: 'mail.extended.subject', lead: 'mail.extended.lead' },
  refused: { subject: 'mail.refused.subject', lead: 'mail.refused.lead' },
  referred: { subject: 'mail.referred.subject', lead: 'mail.referred.lead' },
  completed: {
    subject: 'mail.completed.subject',
    lead: 'mail.completed.lead',
    questions: 'mail.completed.questions',
  },
  withdrawn: { subject: 'mail.withdrawn.subject', lead: 'mail.withdrawn.lead' },
};
const optOutDone: Kind = {
  subject: 'mail.completed.subject',
  lead: 'mail.completed.opt_out',
  questions: 'mail.completed.opt_out_questions',
};

// Where an officer says what was done, that is what was done.
function kindOf({ type }: Ticket, step: HistoryStep): Kind {
  if (type === 'marketing_opt_out' && step.to === 'completed' && !hasWords(step)) return optOutDone;
  return kinds[step.to] ?? { subject: 'mail.moved.subject', lead: 'mail.moved.lead' };
}

/** The states in which an answer is still to come. */
const open: readonly Status[] = ['submitted', 'in_progress', 'awaiting_verification', 'extended'];

// The day is that of the ticket as it stands: a step that something has followed may have had another.
function stepFacts(ticket: Ticket, step: HistoryStep, content: Content): Fact[] {
  const say = (id: string) => fillText(id, {}, content, ticket.locale);
  const isLast = ticket.history.at(-1) === step;
  return [
    ...ticketFacts(ticket, content),
    { name: say('mail.status'), value: say(`status.is.${step.to}`) },
    ...(isLast && open.includes(step.to) ? dueFacts(ticket, content) : []),
    ...(isLast && step.to === 'extended' ? earlierDate(ticket, content) : []),
  ];
}

function earlierDate(ticket: Ticket, content: Content): Fact[] {
  const before = firstDeadline(ticket, content).due;
  if (!before || before === ticket.due) return [];
  const say = (id: string, values: Values = {}) => fillText(id, values, content, ticket.locale);
  return [{ name: say('mail.extended.before'), value: say('mail.day', { day: { day: before } }) }];
}

// What else belongs to a step: what the law and the notice say of it, the ways on, and what comes next.
function aboutStep(ticket: Ticket, step: HistoryStep, content: Content, addresses: Addresses): Part[] {
  const { locale } = ticket;
  const paragraph = (id: string): Part => ({ is: 'paragraph', text: fillText(id, {}, content, locale) });
  const link = (id: string, url: string): Part => ({
    is: 'link',
    text: fillText(id, {}, content, locale),
    url,
  });
  const quote = (passage: string) => quoteParts(passage, content, locale, addresses);
  const find = addresses.find(locale);
  const follow = isHidden(ticket, step) ? [] : [link('mail.follow', find)];
  // The two months, the authority and the court are those of the GDPR: other laws have others.
  const isGdpr = ticket.dueRule === 'gdpr_month';
  switch (step.to) {
    case 'extended':
      return [...(isGdpr ? [paragraph('mail.extended.law')] : []), ...follow];
    case 'refused':
      return isGdpr
        ? [paragraph('mail.refused.complain'), ...quote('rights-7'), ...follow]
        : [paragraph('mail.refused.complain_elsewhere'), ...follow];
    case 'referred': {
      const isClients = ticket.recipient.entity === 'marketsource_client';
      return [...quote(isClients ? 'marketsource-4' : 'additional_notices-2'), ...follow];
    }
    case 'withdrawn':
      return [link('mail.withdrawn.again', addresses.begin(locale)), ...follow];
    case 'expired':
      return [link('mail.expired.again', addresses.begin(locale)), ...follow];
    case 'awaiting_verification': {
      if (hasWords(step)) return [paragraph('mail.verify.next'), ...follow, ...quote('rights-5')];
      const confirms = !mayDisclose(ticket) && asksForCode(ticket);
      return [
        ...(confirms
          ? [link('mail.confirm', find), paragraph('mail.verify.next')]
          : [paragraph('mail.verify.nothing'), ...follow]),
        ...quote('rights-5'),
      ];
    }
    default:
      return follow;
  }
}
