import { type Html, html } from '../../pages/html.ts';
import type { AuditEntry } from '../../tickets/audit.ts';
import type { DeskScene } from './desk-page.ts';
import { instantText } from './instant-text.ts';

/** What the audit log calls what has been given up. */
export const GIVEN_UP = ['mail.given_up', 'webhook.given_up'];

/** What has been given up about a ticket: the last letter and the last message to another system that did not arrive. */
export function undelivered(entries: readonly AuditEntry[]): readonly AuditEntry[] {
  return GIVEN_UP.flatMap((action) => entries.findLast((entry) => entry.action === action) ?? []);
}

/** Warns of what has not arrived: somebody waits for it. */
export function undeliveredWarnings(entries: readonly AuditEntry[], { locale, say }: DeskScene): Html {
  return html`${entries.map(({ action, at, detail }) => {
    const why = whyTexts.get(String(detail.why));
    const values = { why: why ? say(why) : String(detail.why ?? ''), target: String(detail.target ?? '') };
    const text = say(
      action === 'mail.given_up' ? 'desk.undelivered.mail' : 'desk.undelivered.webhook',
      values,
    );
    return html`<div class="notice-box wrong" role="note">
<p>${text} (${instantText(at, locale)})</p>
</div>
`;
  })}`;
}

// Other reasons are codes of mail servers and connections, which are what whoever looks into it needs.
const whyTexts: ReadonlyMap<string, string> = new Map([
  ['no_address', 'desk.undelivered.no_address'],
  ['pace', 'desk.undelivered.pace'],
  ['gone', 'desk.undelivered.gone'],
  ['cannot carry', 'desk.undelivered.cannot_carry'],
]);
