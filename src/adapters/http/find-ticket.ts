import { setTimeout } from 'node:timers/promises';
import { readField } from '../../conversation/read-field.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { hashToken, ticketNumbersIn } from '../../tickets/ticket-number.ts';
import { codePage, FIND, type FindFrame, findPage, type Sought } from './find-page.ts';
import { formTokens } from './form-token.ts';
import { ownerSessions } from './owner-session.ts';
import { PageFault } from './page-fault.ts';
import { type Asked, type Given, privatePages } from './private-pages.ts';
import type { RequestParts } from './request-parts.ts';
import type { Routes } from './service.ts';
import { ticketAddress } from './ticket-door.ts';

const PURPOSE = 'find';
/** Looking up and trying take a few milliseconds, more or fewer: nobody is answered sooner than this. */
const FLOOR_MS = 100;

/**
 * The routes of `/request/find`: with number and address a code is sent, and with the code the ticket's page opens.
 * Whether there is such a ticket shows in the mailbox alone: the answer is the same, and given before anything is done.
 */
export function findTicketRoutes(parts: RequestParts): Routes {
  const tokens = formTokens(parts.secret);
  const sessions = ownerSessions(parts.documents);

  const frameOf = ({ locale, visitor, now }: Asked): FindFrame => ({
    content: parts.content,
    locale,
    form: tokens.issue(PURPOSE, visitor, now),
  });

  const ask = (asked: Asked, sought: Sought): Given => ({
    status: sought.faults.size > 0 ? 422 : 200,
    locale: asked.locale,
    ...findPage(sought, frameOf(asked)),
  });

  const wait = (asked: Asked, sought: Sought, fault: string | null): Given => ({
    status: fault ? 422 : 200,
    locale: asked.locale,
    ...codePage(sought, fault, frameOf(asked)),
  });

  const take = async (asked: Asked): Promise<Given> => {
    const { form, visitor, lang, now } = asked;
    const sought = readSought(form, parts);
    if (form.act === 'edit') return ask(asked, { ...sought, faults: new Map() });
    const known = tokens.read(PURPOSE, visitor, form.form, now);
    if (!known || known.isOld) throw new PageFault(403, 'form_page.fault_old');
    if (sought.faults.size > 0) return ask(asked, sought);
    const { number, email } = sought;
    if (form.act === 'wait') return wait(asked, sought, null);
    if (form.act !== 'code') {
      const { owners } = parts;
      const sending = owners.find(number, email, now);
      parts.later(sending.then((found) => found && owners.sendCode(found.ticket, 'find', now)));
      return wait(asked, sought, null);
    }
    const code = (form.code ?? '').trim();
    if (!code) return wait(asked, sought, 'form.required');
    const floor = setTimeout(FLOOR_MS);
    const found = await parts.owners.find(number, email, now);
    const token = found && tokenOf(found.ticket, parts);
    const outcome = await parts.owners.confirm(token ? found : null, 'find', code, now);
    await floor;
    if (!found || !token || outcome !== 'confirmed') return wait(asked, sought, 'own.find_code_wrong');
    const cookie = await sessions.begin(found.ticket, now);
    return { to: ticketAddress(token, lang, '', { told: 'confirmed' }), cookies: [cookie] };
  };

  return (server, throttle) => {
    const pages = privatePages(server, throttle, parts);
    pages.get(FIND, async (asked) => ask(asked, { number: '', email: '', faults: new Map() }));
    pages.post(FIND, take);
  };
}

// Only what it looks like is checked: that says nothing of which numbers and addresses there are.
function readSought(form: Asked['form'], { content }: RequestParts): Sought {
  const typed = (form.number ?? '').trim().slice(0, 40);
  const email = (form.email ?? '').trim().slice(0, 200);
  const [number] = ticketNumbersIn(typed);
  const faults = new Map<'number' | 'email', string>();
  if (!number) faults.set('number', typed ? 'own.find_shape' : 'form.required');
  if (readField('email', email, content) === null)
    faults.set('email', email ? 'invalid.email' : 'form.required');
  return { number: number ?? typed, email, faults };
}

// The token that opens a ticket's page, or null where the ticket was made with another secret.
function tokenOf(ticket: Ticket, { mint }: RequestParts): string | null {
  const { token } = mint(ticket.idempotencyKey);
  return hashToken(token) === ticket.tokenHash ? token : null;
}
