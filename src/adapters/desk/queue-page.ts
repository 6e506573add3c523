import { fillText } from '../../conversation/render.ts';
import { type Html, html } from '../../pages/html.ts';
import { statuses, type Ticket } from '../../tickets/ticket.ts';
import { type DeskScene, deskForm, deskPage, officerName } from './desk-page.ts';
import { dueBadge } from './due-badge.ts';
import { statusTexts, teamTexts } from './labels.ts';
import type { QueueFilter } from './queue-query.ts';

/** What the queue shows. */
export interface QueueView {
  filter: QueueFilter;
  tickets: readonly Ticket[];
  /** The address of the page after this one. */
  next: string | null;
  /** The address of the first page, where this is another. */
  first: string | null;
  /** What is to be said about a search: its result stands in place of the queue. */
  search: { text: string; values?: Record<string, string> } | null;
}

/** The queue by due date, with filters and the search. */
export function queuePage(view: QueueView, scene: DeskScene): string {
  const { say } = scene;
  const title = say(view.search ? 'desk.search_title' : 'desk.queue_title');
  const main = html`<h1>${title}</h1>
${searchForm(scene)}
${view.search ? html`<p role="status">${say(view.search.text, view.search.values)}</p>\n` : filterForm(view.filter, scene)}
${ticketTable(view.tickets, scene)}
${
  (view.first || view.next) &&
  html`<nav class="pages" aria-label="${say('desk.pages')}">
${view.first && html`<a href="${view.first}">${say('desk.first_page')}</a>\n`}${view.next && html`<a href="${view.next}" rel="next">${say('desk.next_page')}</a>\n`}</nav>
`
}`;
  return deskPage(scene, title, main);
}

/** A table of tickets; it names what is asked and by when, and nobody whom it is about. */
export function ticketTable(tickets: readonly Ticket[], scene: DeskScene): Html {
  const { content, locale, say } = scene;
  if (tickets.length === 0) return html`<p class="empty">${say('desk.none')}</p>`;
  const day = (due: string) => fillText('card.day', { day: { day: due } }, content, locale);
  return html`<div class="wide" tabindex="0" role="region" aria-label="${say('desk.tickets')}">
<table>
<thead><tr>
<th scope="col">${say('desk.column.due')}</th>
<th scope="col">${say('desk.column.number')}</th>
<th scope="col">${say('desk.column.type')}</th>
<th scope="col">${say('desk.column.status')}</th>
<th scope="col">${say('desk.column.team')}</th>
<th scope="col">${say('desk.column.assignee')}</th>
</tr></thead>
<tbody>
${tickets.map(
  (ticket) => html`<tr>
<td>${ticket.due ? html`<time datetime="${ticket.due}">${day(ticket.due)}</time> ${dueBadge(ticket, scene)}` : say('desk.no_due')}</td>
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

/** The title of a request type; one that has left the register keeps its id. */
export function typeTitle(type: string, { content, say }: DeskScene): string {
  return content.requests.has(type) ? say(`request.${type}.title`) : type;
}

function searchForm(scene: DeskScene): Html {
  const { say } = scene;
  return deskForm(
    scene,
    '/desk/search',
    html`<label for="find">${say('desk.find')}</label>
<input id="find" name="find" type="search" autocomplete="off" spellcheck="false" maxlength="254" required>
<button class="button">${say('desk.find_button')}</button>`,
    html` class="desk-search" role="search"`,
  );
}

function filterForm(filter: QueueFilter, scene: DeskScene): Html {
  const { content, say } = scene;
  const select = (
    name: string,
    label: string,
    chosen: string,
    options: readonly (readonly [string, string])[],
  ) =>
    html`<p><label for="${name}">${label}</label>
<select id="${name}" name="${name}">
${options.map(([value, text]) => html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>\n`)}</select></p>
`;
  const any = ['', say('desk.any')] as const;
  return html`<form class="desk-filter" method="get" action="/desk" aria-label="${say('desk.filter')}">
${select('status', say('desk.column.status'), filter.status, [
  ['open', say('desk.status_open')],
  ['ended', say('desk.status_ended')],
  ['all', say('desk.status_all')],
  ...statuses.map((status) => [status, say(statusTexts[status])] as const),
])}${select('type', say('desk.column.type'), filter.type ?? '', [
  any,
  ...[...content.requests.keys()].map((type) => [type, typeTitle(type, scene)] as const),
])}${select('team', say('desk.column.team'), filter.team ?? '', [
  any,
  ...Object.entries(teamTexts).map(([team, text]) => [team, say(text)] as const),
])}${select('assignee', say('desk.column.assignee'), filter.assignee, [
  ['any', say('desk.any')],
  ['me', say('desk.mine')],
  ['nobody', say('desk.nobody')],
])}<p class="check"><input id="overdue" name="overdue" type="checkbox" value="yes"${filter.overdue && html` checked`}> <label for="overdue">${say('desk.overdue_only')}</label></p>
<p><button class="button">${say('desk.filter_button')}</button> <a href="/desk">${say('desk.filter_clear')}</a></p>
</form>`;
}
