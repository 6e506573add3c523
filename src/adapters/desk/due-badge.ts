import { type Html, html } from '../../pages/html.ts';
import { dueState, type Nearness } from '../../tickets/due-state.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { DeskScene } from './desk-page.ts';

/** How many days are left, in words and in a colour that says the same; nothing where nothing is waited for. */
export function dueBadge(ticket: Pick<Ticket, 'due' | 'status'>, { now, say }: DeskScene): Html | null {
  const { nearness, days } = dueState(ticket, now);
  if (nearness === 'none') return null;
  const left = Math.abs(days);
  const text =
    days === 0
      ? say('desk.due.today')
      : days < 0
        ? say(left === 1 ? 'desk.due.day_late' : 'desk.due.days_late', { days: String(left) })
        : say(left === 1 ? 'desk.due.day' : 'desk.due.days', { days: String(left) });
  return html`<span class="due due-${nearness}">${marks[nearness]} ${text}</span>`;
}

// A shape beside the words, for those who see no colours.
const marks: Record<Exclude<Nearness, 'none'>, Html> = {
  overdue: html`<span aria-hidden="true">▲</span>`,
  near: html`<span aria-hidden="true">◆</span>`,
  soon: html`<span aria-hidden="true">●</span>`,
  far: html`<span aria-hidden="true">○</span>`,
};
