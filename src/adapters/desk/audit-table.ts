import { type Html, html } from '../../pages/html.ts';
import type { AuditEntry } from '../../tickets/audit.ts';
import { type DeskScene, officerName } from './desk-page.ts';
import { instantText } from './instant-text.ts';

/** Entries of the audit log as they stand in it: ids, states and figures. */
export function auditTable(entries: readonly AuditEntry[], scene: DeskScene): Html {
  const { locale, say } = scene;
  return html`<div class="wide" tabindex="0" role="region" aria-label="${say('desk.audit')}">
<table>
<thead><tr>
<th scope="col">${say('desk.column.seq')}</th>
<th scope="col">${say('desk.column.at')}</th>
<th scope="col">${say('desk.column.by')}</th>
<th scope="col">${say('desk.column.action')}</th>
<th scope="col">${say('desk.column.detail')}</th>
</tr></thead>
<tbody>
${entries.map(
  ({ seq, at, by, action, detail }) => html`<tr>
<th scope="row">${seq}</th>
<td>${instantText(at, locale)}</td>
<td>${officerName(by.id, scene)} (${by.role})</td>
<td><code>${action}</code></td>
<td>${Object.entries(detail)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')}</td>
</tr>
`,
)}</tbody>
</table>
</div>`;
}
