import { ownerOf } from '../../tickets/owners.ts';
import { amendRoutes } from './amend-ticket.ts';
import { ownData } from './own-data.ts';
import { ownTicketPage, withdrawPage } from './own-ticket-page.ts';
import { ownerSessions } from './owner-session.ts';
import { type Asked, type Given, privatePages } from './private-pages.ts';
import type { RequestParts } from './request-parts.ts';
import type { Routes } from './service.ts';
import { doorTo, type Opened } from './ticket-door.ts';

/** What the page tells of what has just been done, by what stands in its address. */
const TOLD: ReadonlyMap<string | null, string> = new Map([
  ['sent', 'own.told_sent'],
  ['sent_before', 'own.told_sent_before'],
  ['code', 'own.told_code'],
  ['too_many', 'own.told_too_many'],
  ['confirmed', 'own.told_confirmed'],
  ['amended', 'own.told_amended'],
  ['withdrawn', 'own.told_withdrawn'],
  ['left', 'own.told_left'],
]);

const FAULTS = { wrong: 'own.code_wrong', expired: 'own.code_expired', locked: 'own.code_locked' } as const;

/** The routes of a ticket's page, `/request/<token>`. */
export function ownTicketRoutes(parts: RequestParts): Routes {
  const sessions = ownerSessions(parts.documents);
  const door = doorTo(parts);

  const show = (
    { found: { ticket }, path, form, isOwner }: Opened,
    now: Date,
    shown: { told?: string | null; isAsked?: boolean; fault?: string | null },
  ): Given => {
    const { told = null, isAsked = false, fault = null } = shown;
    const view = { path, form, now, isOwner, told, code: { isAsked, fault } };
    return {
      status: fault ? 422 : 200,
      locale: ticket.locale,
      ...ownTicketPage(ticket, view, parts),
    };
  };

  const page = async (asked: Asked): Promise<Given> => {
    const opened = await door.open(asked);
    if (opened.isOwner) await parts.office.look(opened.found.ticket.id, ownerOf(opened.found.ticket));
    const told = asked.query.get('told');
    const isAsked = told === 'code' || told === 'too_many';
    // Of what its owner has done, nobody else is told; a page that has locked itself since does not boast either.
    const isShown = opened.isOwner || (told !== 'confirmed' && told !== 'amended');
    return show(opened, asked.now, { told: isShown ? (TOLD.get(told) ?? null) : null, isAsked });
  };

  const code = async (asked: Asked): Promise<Given> => {
    const { found, path } = await door.openForm(asked);
    const isSent = await parts.owners.sendCode(found.ticket, 'link', asked.now);
    return { to: `${path}?told=${isSent ? 'code' : 'too_many'}` };
  };

  const confirm = async (asked: Asked): Promise<Given> => {
    const opened = await door.openForm(asked);
    const outcome = await parts.owners.confirm(opened.found, 'link', asked.form.code ?? '', asked.now);
    if (outcome !== 'confirmed') return show(opened, asked.now, { isAsked: true, fault: FAULTS[outcome] });
    const cookie = await sessions.begin(opened.found.ticket.id, asked.now);
    return { to: `${opened.path}?told=confirmed`, cookies: [cookie] };
  };

  const withdraw = async (asked: Asked): Promise<Given> => {
    const { found, path } = await door.openOwn(asked, true);
    await parts.owners.withdraw(found);
    return { to: `${path}?told=withdrawn` };
  };

  const leave = async (asked: Asked): Promise<Given> => {
    const { path } = await door.openForm(asked);
    return { to: `${path}?told=left`, cookies: [await sessions.end(asked.owner)] };
  };

  return (server, throttle) => {
    const pages = privatePages(server, throttle, parts);
    pages.get('/request/:token', page);
    pages.post('/request/:token/code', code);
    pages.post('/request/:token/confirm', confirm);
    pages.get('/request/:token/withdraw', async (asked) => {
      const { found, path, form } = await door.openOwn(asked, false);
      return { locale: found.ticket.locale, ...withdrawPage(found.ticket, path, form, parts) };
    });
    pages.post('/request/:token/withdraw', withdraw);
    pages.post('/request/:token/leave', leave);
    pages.get('/request/:token/data.json', async (asked) => {
      const { found } = await door.openOwn(asked, false);
      await parts.office.look(found.ticket.id, ownerOf(found.ticket));
      const name = `${found.ticket.number}.json`;
      return { file: ownData(found.ticket), type: 'application/json; charset=utf-8', name };
    });
    pages.get('/request/:token/receipt.jws', async (asked) => {
      const { ticket } = (await door.open(asked)).found;
      const file = await parts.receipts.sign(ticket, asked.now);
      return { file, type: 'application/jose', name: `${ticket.number}.jws` };
    });
    amendRoutes(pages, door, parts);
  };
}
