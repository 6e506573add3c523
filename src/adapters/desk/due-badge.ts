import { type Html, html } from '../../pages/html.ts';
import { dayOf, HOME_ZONE } from '../../tickets/calendar.ts';
import { daysBetween, dueState, isAtOnce, type Nearness } from '../../tickets/due-state.ts';
import { openStatuses } from '../../tickets/life-cycle.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { DeskScene } from './desk-page.ts';

/**
 * How many days are left, in words and in a colour that says the same, with what is dealt with at once in front; the age
 * of what has no day; nothing where nothing is waited for.
 */
export function dueBadge(
  ticket: Pick<Ticket, 'due' | 'status' | 'type' | 'receivedAt'>,
  scene: DeskScene,
): Html | null {
  const { content, now, say } = scene;
  if (!openStatuses.includes(ticket.status)) return null;
  const type = content.requests.get(ticket.type);
  const isUrgent = type !== undefined && isAtOnce(type);
  const { nearness, days } = dueState(ticket, now, isUrgent);
  if (nearness === 'none') return html`<span class="age">${ageText(ticket, scene)}</span>`;
  const left = leftText(days, scene);
  const mark = isUrgent ? html`<span aria-hidden="true">⚑</span>` : marks[nearness];
  return html`<span class="due due-${nearness}">${mark} ${isUrgent ? say('desk.due.at_once', { left }) : left}</span>`;
}

function leftText(days: number, { say }: DeskScene): string {
  const count = Math.abs(days);
  if (days === 0) return say('desk.due.today');
  if (days < 0) return say(count === 1 ? 'desk.due.day_late' : 'desk.due.days_late', { days: String(count) });
  return say(count === 1 ? 'desk.due.day' : 'desk.due.days', { days: String(count) });
}

function ageText({ receivedAt }: Pick<Ticket, 'receivedAt'>, { now, say }: DeskScene): string {
  const days = daysBetween(dayOf(new Date(receivedAt), HOME_ZONE), dayOf(now, HOME_ZONE));
  if (days < 1) return say('desk.age.today');
  return days === 1 ? say('desk.age.yesterday') : say('desk.age.days', { days: String(days) });
}

// A shape beside the words, for those who see no colours.
const marks: Record<Exclude<Nearness, 'none'>, Html> = {
  overdue: html`<span aria-hidden="true">▲</span>`,
  near: html`<span aria-hidden="true">◆</span>`,
  soon: html`<span aria-hidden="true">●</span>`,
  far: html`<span aria-hidden="true">○</span>`,
};
