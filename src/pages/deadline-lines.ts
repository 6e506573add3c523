import type { Content } from '../content/content.ts';
import { explain } from '../conversation/draft-ticket.ts';
import { fillText } from '../conversation/render.ts';
import type { Locale } from '../text/words.ts';
import { firstDeadline } from '../tickets/first-deadline.ts';
import type { Ticket } from '../tickets/ticket.ts';

/** How the first date of a ticket came about, a sentence a step; none for a type that has no date. */
export function deadlineLines(ticket: Ticket, content: Content, locale: Locale): string[] {
  return firstDeadline(ticket, content).steps.map((step) => {
    const { id, values } = explain(step, locale);
    return fillText(id, values, content, locale);
  });
}
