import type { RequestHandler, Server } from 'restify';
import { z } from 'zod';
import { html } from '../../pages/html.ts';
import type { AuditEntry } from '../../tickets/audit.ts';
import type { Answering } from './answering.ts';
import { auditTable } from './audit-table.ts';
import { type DeskScene, deskPage } from './desk-page.ts';
import type { DeskParts } from './desk-parts.ts';
import { actorOf } from './officer.ts';

const PAGE = 100;
const place = z.coerce.number().int().positive().nullable().catch(null);

interface AuditView {
  /** Newest first. */
  entries: readonly AuditEntry[];
  /** The numbers of the tickets that they are about, by id; those that have been purged have none. */
  numbers: ReadonlyMap<string, string>;
  /** Whether there are newer ones. */
  isEarlier: boolean;
}

/** The route of the audit log, for administrators; that it was looked at stands in it too. */
export function auditRoutes({ audit, tickets, clock }: DeskParts, { page }: Answering) {
  const show = page('administrator', async ({ query, scene, session }) => {
    const [before, after] = [place.parse(query.get('before')), place.parse(query.get('after'))];
    await audit.append({
      at: clock().toISOString(),
      by: actorOf(session.officer),
      action: 'audit.look',
      ticketId: null,
      detail: { ...(before && { before }), ...(after && { after }) },
    });
    const newer = after === null ? [] : (await audit.read(after, PAGE)).reverse();
    // Too few for a page: those are the newest, with some of the older ones.
    const isWhole = newer.length === PAGE;
    const until = after === null ? (before ?? undefined) : undefined;
    const entries = isWhole ? newer : await audit.latest(PAGE, until);
    const at = isWhole ? `?after=${after}` : until ? `?before=${until}` : '';
    const view = { entries, numbers: await numbersOf(entries), isEarlier: at !== '' };
    const path = `/desk/audit${at}`;
    return { status: 200, page: auditPage(view, { ...scene, path }) };
  });

  const numbersOf = async (entries: readonly AuditEntry[]) => {
    const ids = new Set(entries.flatMap(({ ticketId }) => ticketId ?? []));
    // One that cannot be read must not hide the log: it is shown by its id.
    const found = await Promise.all([...ids].map((id) => tickets.byId(id).catch(() => null)));
    return new Map(found.flatMap((each) => (each ? [[each.ticket.id, each.ticket.number] as const] : [])));
  };

  return (server: Server, throttle: RequestHandler): void => {
    server.get('/desk/audit', throttle, show);
  };
}

function auditPage({ entries, numbers, isEarlier }: AuditView, scene: DeskScene): string {
  const { say } = scene;
  const [newest, oldest] = [entries[0]?.seq ?? 0, entries.at(-1)?.seq ?? 0];
  const title = say('desk.audit');
  const link = (query: string, text: string) => html`<a href="/desk/audit?${query}">${say(text)}</a>\n`;
  const main = html`<h1>${title}</h1>
<p>${say('desk.audit_lead')}</p>
${entries.length > 0 ? auditTable(entries, scene, numbers) : html`<p class="empty">${say('desk.none')}</p>`}
${(isEarlier || oldest > 1) && html`<nav class="pages" aria-label="${say('desk.pages')}">\n${isEarlier && link(`after=${newest}`, 'desk.audit_newer')}${oldest > 1 && link(`before=${oldest}`, 'desk.audit_older')}</nav>\n`}`;
  return deskPage(scene, title, main);
}
