import { type Html, html } from '../../pages/html.ts';
import { statuses, type Ticket } from '../../tickets/ticket.ts';
import type { TicketOrder } from '../../tickets/ticket-order.ts';
import { type DeskScene, deskPage } from './desk-page.ts';
import { statusTexts, teamTexts } from './labels.ts';
import { type QueueFilter, queueAddress } from './queue-query.ts';
import { searchForm } from './search-page.ts';
import { ticketTable } from './ticket-table.ts';
import { typeTitle } from './type-title.ts';
import { unreadableBox } from './unreadable-box.ts';

/** What the queue shows. */
export interface QueueView {
  filter: QueueFilter;
  order: TicketOrder;
  tickets: readonly Ticket[];
  /** How many more belong on this page and cannot be read. */
  unreadable: number;
  /** How many tickets the filter leaves, on all pages. */
  total: number;
  /** How many open tickets are dealt with at once. */
  urgent: number;
  /** The addresses of the pages after and before this one, and of the first; null where there is none. */
  next: string | null;
  back: string | null;
  first: string | null;
}

/** The queue by due date, with filters and the search. */
export function queuePage(view: QueueView, scene: DeskScene): string {
  const { locale, say } = scene;
  const { filter, order, tickets, unreadable, total } = view;
  const title = say('desk.queue_title');
  const number = new Intl.NumberFormat(locale);
  const count = { shown: number.format(tickets.length), total: number.format(total) };
  const link = (to: string | null, text: string, way?: 'next' | 'prev') =>
    to && html`<a href="${to}"${way && html` rel="${way}"`}>${say(text)}</a>\n`;
  const main = html`<h1>${title}</h1>
${searchForm('', scene)}
${filterForm(filter, scene)}
<p class="queue-count"><span>${say('desk.shown', count)}</span>
${urgentLink(view, scene)}</p>
${unreadableBox(unreadable, scene)}${ticketTable(tickets, order, scene)}
${
  (view.back || view.next) &&
  html`<nav class="pages" aria-label="${say('desk.pages')}">
${link(view.first, 'desk.first_page')}${link(view.back, 'desk.back_page', 'prev')}${link(view.next, 'desk.next_page', 'next')}</nav>
`
}`;
  return deskPage(scene, title, main);
}

function urgentLink({ filter, urgent }: QueueView, { say }: DeskScene): Html {
  const to = queueAddress({ urgent: true });
  const text = say('desk.urgent', { count: String(urgent) });
  return html`<a href="${to}"${queueAddress(filter) === to && html` aria-current="true"`}><span aria-hidden="true">⚑</span> ${text}</a>`;
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
  ...colleagues(scene),
])}<div class="checks">
<p class="check"><input id="urgent" name="urgent" type="checkbox" value="yes"${filter.urgent && html` checked`}> <label for="urgent">${say('desk.urgent_only')}</label></p>
<p class="check"><input id="overdue" name="overdue" type="checkbox" value="yes"${filter.overdue && html` checked`}> <label for="overdue">${say('desk.overdue_only')}</label></p>
</div>
<p><button class="button">${say('desk.filter_button')}</button> <a href="/desk">${say('desk.filter_clear')}</a></p>
</form>`;
}

function colleagues({ locale, names, session }: DeskScene): (readonly [string, string])[] {
  return Object.entries(names)
    .filter(([id]) => id !== session?.officer.id)
    .sort(([, one], [, other]) => one.localeCompare(other, locale))
    .map(([id, name]) => [`is:${id}`, name] as const);
}
