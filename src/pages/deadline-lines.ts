import type { Content } from '../content/content.ts';
import { fillText } from '../conversation/render.ts';
import type { Locale } from '../text/words.ts';
import { type DeadlineStep, deadline } from '../tickets/deadline.ts';
import type { Ticket } from '../tickets/ticket.ts';

/** How the first date of a ticket came about, a sentence a step; none for a type that has no date. */
export function deadlineLines(ticket: Ticket, content: Content, locale: Locale): string[] {
  const urgency = content.requests.get(ticket.type)?.deadline ?? 'none';
  const { steps } = deadline(urgency, new Date(ticket.receivedAt), ticket.slots.country ?? null);
  return steps.map((step) => fillText(step.id, valuesOf(step, locale), content, locale));
}

function valuesOf(step: DeadlineStep, locale: Locale): Parameters<typeof fillText>[1] {
  return {
    ...('day' in step ? { day: { day: step.day } } : {}),
    ...('next' in step ? { next: { day: step.next } } : {}),
    ...('days' in step ? { days: String(step.days) } : {}),
    ...('holiday' in step ? { holiday: step.holiday[locale] } : {}),
  };
}
