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
const place = z.coerce.number().int().min(0).catch(0);

/** The route of the audit log, for administrators; that it was looked at stands in it too. */
export function auditRoutes({ audit, clock }: DeskParts, { page }: Answering) {
  const show = page('administrator', async ({ query, scene, session }) => {
    const after = place.parse(query.get('after'));
    await audit.append({
      at: clock().toISOString(),
      by: actorOf(session.officer),
      action: 'audit.look',
      ticketId: null,
      detail: { after },
    });
    const entries = await audit.read(after, PAGE);
    return { status: 200, page: auditPage(entries, { ...scene, path: '/desk/audit' }) };
  });
  return (server: Server, throttle: RequestHandler): void => {
    server.get('/desk/audit', throttle, show);
  };
}

function auditPage(entries: readonly AuditEntry[], scene: DeskScene): string {
  const { say } = scene;
  const last = entries.length === PAGE ? entries.at(-1)?.seq : undefined;
  const title = say('desk.audit');
  const main = html`<h1>${title}</h1>
<p>${say('desk.audit_lead')}</p>
${entries.length > 0 ? auditTable(entries, scene) : html`<p class="empty">${say('desk.none')}</p>`}
${last !== undefined && html`<nav class="pages" aria-label="${say('desk.pages')}"><a href="/desk/audit?after=${last}" rel="next">${say('desk.next_page')}</a></nav>\n`}`;
  return deskPage(scene, title, main);
}
