import type { Content } from '../content/content.ts';
import { fillText } from '../conversation/render.ts';
import type { Status, Ticket } from '../tickets/ticket.ts';
import { asksForCode, mayDisclose } from './disclosure.ts';
import type { Addresses, HistoryStep, Part } from './letter.ts';

/** Whether a step has words for the person. What they gave as their own reason need not be told them. */
export function hasWords(step: HistoryStep): boolean {
  return step.reason !== undefined && step.to !== 'withdrawn' && step.to !== 'expired';
}

/**
 * Whether a step has words that must not be told yet: what an officer writes about somebody's request may tell who
 * they are and what they had to do with the company.
 */
export function isHidden(ticket: Ticket, step: HistoryStep): boolean {
  return hasWords(step) && !mayDisclose(ticket) && asksForCode(ticket);
}

/** The words of a step, or the way to them where they must not be told yet. */
export function reasonParts(
  ticket: Ticket,
  step: HistoryStep,
  content: Content,
  addresses: Addresses,
): Part[] {
  if (!hasWords(step)) return [];
  const { locale } = ticket;
  const say = (id: string) => fillText(id, {}, content, locale);
  const { lead, hidden } = texts[step.to] ?? message;
  if (isHidden(ticket, step)) return [{ is: 'link', text: say(hidden), url: addresses.find(locale) }];
  return [{ is: 'words', lead: say(lead), text: step.reason ?? '' }];
}

/** What stands above the words of a step, and what is said where they must not be told yet. */
const texts: Partial<Record<Status, { lead: string; hidden: string }>> = {
  awaiting_verification: { lead: 'mail.verify.do', hidden: 'mail.verify.after_code' },
  extended: { lead: 'mail.reasons', hidden: 'mail.reasons_after_code' },
  refused: { lead: 'mail.reasons', hidden: 'mail.reasons_after_code' },
  referred: { lead: 'mail.referred_to', hidden: 'mail.referred_after_code' },
};
const message = { lead: 'mail.message', hidden: 'mail.message_after_code' };
