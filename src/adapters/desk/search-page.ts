import { type Html, html } from '../../pages/html.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { type DeskScene, deskForm, deskPage } from './desk-page.ts';
import { ticketTable } from './ticket-table.ts';
import { unreadableBox } from './unreadable-box.ts';

/** What a search has found. */
export interface SearchView {
  /** What was searched for. */
  find: string;
  tickets: readonly Ticket[];
  /** Whether there are others that are not shown. */
  isMore: boolean;
  /** How many more were found that cannot be read. */
  unreadable: number;
}

/** What was found, with the search to go on from. */
export function searchPage({ find, tickets, isMore, unreadable }: SearchView, scene: DeskScene): string {
  const { say } = scene;
  const title = say('desk.search_title');
  const count = String(tickets.length);
  const found =
    tickets.length === 0
      ? unreadable === 0 && say('desk.search_none')
      : say(isMore ? 'desk.search_more' : 'desk.search_found', { count });
  const main = html`<h1>${title}</h1>
${searchForm(find, scene)}
${find && found && html`<p role="status">${found}</p>\n`}${unreadableBox(unreadable, scene)}${tickets.length > 0 && ticketTable(tickets, 'due', scene)}`;
  return deskPage(scene, title, main);
}

/** The search, with what can be searched for. */
export function searchForm(find: string, scene: DeskScene): Html {
  const { say } = scene;
  return deskForm(
    scene,
    '/desk/search',
    html`<label for="find">${say('desk.find')}</label>
<input id="find" name="find" type="search" value="${find}" autocomplete="off" spellcheck="false" maxlength="254" aria-describedby="find-about" required>
<button class="button">${say('desk.find_button')}</button>
<p id="find-about" class="hint">${say('desk.find_about')}</p>`,
    html` class="desk-search" role="search"`,
  );
}
