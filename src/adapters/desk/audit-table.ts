import { type Html, html } from '../../pages/html.ts';
import type { Actor, AuditEntry } from '../../tickets/audit.ts';
import { actionName, detailText } from './audit-texts.ts';
import { type DeskScene, officerName, roleName } from './desk-page.ts';
import { instantText } from './instant-text.ts';

/** Entries of the audit log in words. `numbers`, by ticket id: where they are about several tickets, which ones. */
export function auditTable(
  entries: readonly AuditEntry[],
  scene: DeskScene,
  numbers: ReadonlyMap<string, string> | null = null,
): Html {
  const { locale, say } = scene;
  return html`<div class="wide" tabindex="0" role="region" aria-label="${say('desk.audit')}">
<table>
<thead><tr>
<th scope="col">${say('desk.column.seq')}</th>
<th scope="col">${say('desk.column.at')}</th>
<th scope="col">${say('desk.column.by')}</th>
<th scope="col">${say('desk.column.action')}</th>
${numbers && html`<th scope="col">${say('desk.column.ticket')}</th>\n`}<th scope="col">${say('desk.column.detail')}</th>
</tr></thead>
<tbody>
${entries.map(
  (entry) => html`<tr>
<th scope="row">${entry.seq}</th>
<td>${instantText(entry.at, locale)}</td>
<td>${actorName(entry.by, scene)}</td>
<td>${actionName(entry.action, say)}</td>
${numbers && html`<td>${ticketLink(entry.ticketId, numbers)}</td>\n`}<td>${detailText(entry, scene)}</td>
</tr>
`,
)}</tbody>
</table>
</div>`;
}

// A person is known by their ticket, and the service has no name: what they are says who it was.
function actorName({ id, role }: Actor, scene: DeskScene): string {
  const what = roleName(role, scene.say);
  if (role === 'person' || role === 'system') return what;
  return `${officerName(id.replace(/^api:/, ''), scene)} (${what})`;
}

function ticketLink(id: string | null, numbers: ReadonlyMap<string, string>): Html | string | null {
  const number = id === null ? undefined : numbers.get(id);
  return number === undefined ? id : html`<a href="/desk/ticket/${number}">${number}</a>`;
}
