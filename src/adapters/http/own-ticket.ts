import { ownerOf } from '../../tickets/owners.ts';
import { amendRoutes } from './amend-ticket.ts';
import { ownData } from './own-data.ts';
import { ownTicketPage, type TicketView } from './own-ticket-page.ts';
import { ownerSessions } from './owner-session.ts';
import { type Asked, type Given, privatePages, SENT } from './private-pages.ts';
import { isMadeFrom } from './request-form.ts';
import type { RequestParts } from './request-parts.ts';
import type { Routes } from './service.ts';
import { doorTo, type Opened } from './ticket-door.ts';
import { withdrawPage } from './withdraw-page.ts';

/** What the page tells of what has just been done, by what stands in its address. */
const TOLD: ReadonlyMap<string | null, string> = new Map([
  ['sent', 'own.told_sent'],
  ['sent_before', 'own.told_sent_before'],
  ['code', 'own.told_code'],
  ['too_many', 'own.told_too_many'],
  ['confirmed', 'own.told_confirmed'],
  ['amended', 'own.told_amended'],
  ['moved', 'own.told_moved'],
  ['withdrawn', 'own.told_withdrawn'],
  ['left', 'own.told_left'],
]);

const FAULTS = { wrong: 'own.code_wrong', expired: 'own.code_expired', locked: 'own.code_locked' } as const;

/** The routes of a ticket's page, `/request/<token>`. */
export function ownTicketRoutes(parts: RequestParts): Routes {
  const sessions = ownerSessions(parts.documents);
  const door = doorTo(parts);

  const show = (opened: Opened, view: TicketView): Given => ({
    status: view.code.fault ? 422 : 200,
    locale: opened.locale,
    ...ownTicketPage(opened, view, parts),
  });

  const page = door.open(async (opened, asked) => {
    const { found, isOwner } = opened;
    if (isOwner) await parts.office.look(found.ticket.id, ownerOf(found.ticket));
    const told = toldOf(opened, asked);
    const isAsked = told?.done === 'code' || told?.done === 'too_many';
    return show(opened, { now: asked.now, told, code: { isAsked, fault: null } });
  });

  const code = door.openForm(async ({ found, at }, { now }) => {
    const isSent = await parts.owners.sendCode(found.ticket, 'link', now);
    return { to: at('', { told: isSent ? 'code' : 'too_many' }) };
  });

  const confirm = door.openForm(async (opened, { form, now }) => {
    const { found, at } = opened;
    const given = (form.code ?? '').trim();
    const outcome = given && (await parts.owners.confirm(found, 'link', given, now));
    if (outcome !== 'confirmed') {
      const fault = outcome ? FAULTS[outcome] : 'form.required';
      return show(opened, { now, told: null, code: { isAsked: true, fault } });
    }
    const cookie = await sessions.begin(found.ticket, now);
    return { to: at('', { told: 'confirmed' }), cookies: [cookie] };
  });

  const withdraw = door.openOwnForm(async ({ found, at }) => {
    await parts.owners.withdraw(found);
    return { to: at('', { told: 'withdrawn' }) };
  });

  const leave = door.openForm(async ({ at }, { owner }) => {
    const cookies = [await sessions.end(owner), { name: SENT, value: '', seconds: 0 }];
    return { to: at('', { told: 'left' }), cookies };
  });

  const data = door.openOwn(async ({ found: { ticket } }) => {
    await parts.office.look(ticket.id, ownerOf(ticket));
    return { file: ownData(ticket), type: 'application/json; charset=utf-8', name: `${ticket.number}.json` };
  });

  const receipt = door.open(async ({ found: { ticket } }, { now }) => {
    const file = await parts.receipts.sign(ticket, now);
    return { file, type: 'application/jose', name: `${ticket.number}.jws` };
  });

  return (server, throttle) => {
    const pages = privatePages(server, throttle, parts);
    pages.get('/request/:token', page);
    pages.post('/request/:token/code', code);
    pages.post('/request/:token/confirm', confirm);
    pages.get(
      '/request/:token/withdraw',
      door.openOwn(async (opened) => ({ locale: opened.locale, ...withdrawPage(opened, parts) })),
    );
    pages.post('/request/:token/withdraw', withdraw);
    pages.post('/request/:token/leave', leave);
    pages.get('/request/:token/data.json', data);
    pages.get('/request/:token/receipt.jws', receipt);
    amendRoutes(pages, door, parts);
  };
}

function toldOf({ found: { ticket }, isOwner }: Opened, { query, sent }: Asked): TicketView['told'] {
  const done = query.get('told');
  const id = TOLD.get(done);
  if (!done || !id) return null;
  // Of what its owner has done, nobody else is told; a page that has locked itself since does not boast either.
  if (!isOwner && (done === 'confirmed' || done === 'amended')) return null;
  const { email } = ticket.slots;
  if (done !== 'sent' || !email) return { done, id, values: {} };
  // The link may be somebody else's by now; the browser that sent the form knows the address already.
  const address = isMadeFrom(sent, ticket) ? email : { text: 'own.your_address' };
  return { done, id: 'own.told_sent_mail', values: { email: address } };
}
