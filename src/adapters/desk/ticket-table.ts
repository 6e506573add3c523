import { fillText } from '../../conversation/render.ts';
import { type Html, html } from '../../pages/html.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { endOf, type TicketOrder } from '../../tickets/ticket-order.ts';
import { type DeskScene, officerName } from './desk-page.ts';
import { dueBadge } from './due-badge.ts';
import { instantText } from './instant-text.ts';
import { statusTexts, teamTexts } from './labels.ts';
import { typeTitle } from './type-title.ts';

/**
 * A table of tickets; it names what is asked and by when, and nobody whom it is about. Where they come by their end,
 * that stands in front.
 */
export function ticketTable(tickets: readonly Ticket[], order: TicketOrder, scene: DeskScene): Html {
  const { locale, say } = scene;
  if (tickets.length === 0) return html`<p class="empty">${say('desk.none')}</p>`;
  return html`<div class="wide" tabindex="0" role="region" aria-label="${say('desk.tickets')}">
<table>
<thead><tr>
<th scope="col">${say(order === 'due' ? 'desk.column.due' : 'desk.column.ended')}</th>
<th scope="col">${say('desk.column.number')}</th>
<th scope="col">${say('desk.column.type')}</th>
<th scope="col">${say('desk.column.status')}</th>
<th scope="col">${say('desk.column.team')}</th>
<th scope="col">${say('desk.column.assignee')}</th>
</tr></thead>
<tbody>
${tickets.map(
  (ticket) => html`<tr>
<td>${order === 'due' ? dueCell(ticket, scene) : instantText(endOf(ticket), locale)}</td>
<th scope="row"><a href="/desk/ticket/${ticket.number}">${ticket.number}</a></th>
<td>${typeTitle(ticket.type, scene)}</td>
<td>${say(statusTexts[ticket.status])}</td>
<td>${say(teamTexts[ticket.recipient.team])}</td>
<td>${ticket.assignee === null ? say('desk.nobody') : officerName(ticket.assignee, scene)}</td>
</tr>
`,
)}</tbody>
</table>
</div>`;
}

function dueCell(ticket: Ticket, scene: DeskScene): Html {
  const { content, locale, say } = scene;
  const { due } = ticket;
  const day = due && fillText('card.day', { day: { day: due } }, content, locale);
  return html`${due ? html`<time datetime="${due}">${day}</time>` : say('desk.no_due')} ${dueBadge(ticket, scene)}`;
}
