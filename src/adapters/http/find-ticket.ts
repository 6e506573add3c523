import { setTimeout } from 'node:timers/promises';
import { html } from '../../pages/html.ts';
import { inLanguage, sayIn } from '../../pages/site-page.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { hashToken, ticketNumbersIn } from '../../tickets/ticket-number.ts';
import { hiddenFields } from './form-fields.ts';
import { formTokens } from './form-token.ts';
import { codeForm } from './own-ticket-page.ts';
import { ownerSessions } from './owner-session.ts';
import { PageFault } from './page-fault.ts';
import { type Asked, type Given, privatePages } from './private-pages.ts';
import type { RequestParts } from './request-parts.ts';
import type { Routes } from './service.ts';

const PURPOSE = 'find';
const PATH = '/request/find';
/** Looking up and trying take a few milliseconds, more or fewer: nobody is answered sooner than this. */
const FLOOR_MS = 100;

/**
 * The routes of `/request/find`: with number and address a code is sent, and with the code the ticket's page opens.
 * Whether there is such a ticket shows in the mailbox alone: the answer is the same, and given before anything is done.
 */
export function findTicketRoutes(parts: RequestParts): Routes {
  const tokens = formTokens(parts.secret);
  const sessions = ownerSessions(parts.documents);

  const find = (typed: string, email: string, now: Date) => {
    const [number = typed] = ticketNumbersIn(typed);
    return parts.owners.find(number, email, now);
  };

  const take = async (asked: Asked): Promise<Given> => {
    const { form, visitor, now } = asked;
    const known = tokens.read(PURPOSE, visitor, form.form, now);
    if (!known || known.isOld) throw new PageFault(403, 'form_page.fault_old');
    const number = (form.number ?? '').trim().slice(0, 40);
    const email = (form.email ?? '').trim().slice(0, 200);
    if (!number || !email) return findPage(asked, { number, email, fault: 'own.find_both' });
    if (form.act !== 'code') {
      void find(number, email, now)
        .then((found) => found && parts.owners.sendCode(found.ticket, 'find', now))
        .catch((error: unknown) =>
          parts.log({ error: error instanceof Error ? error.name : 'unknown', page: PATH }),
        );
      return codePage(asked, number, email, null);
    }
    const floor = setTimeout(FLOOR_MS);
    const found = await find(number, email, now);
    const token = found && tokenOf(found.ticket, parts);
    const outcome = await parts.owners.confirm(token ? found : null, 'find', form.code ?? '', now);
    await floor;
    if (!found || !token || outcome !== 'confirmed')
      return codePage(asked, number, email, 'own.find_code_wrong');
    const cookie = await sessions.begin(found.ticket.id, now);
    return { to: `/request/${token}?told=confirmed`, cookies: [cookie] };
  };

  const findPage = (
    { locale, visitor, now }: Asked,
    filled: { number: string; email: string; fault: string | null },
  ): Given => {
    const say = sayIn(parts.content, locale);
    const title = say('own.find_title');
    const wrong = filled.fault ? html` aria-invalid="true"` : null;
    const described = filled.fault ? 'fault-find ' : '';
    const main = html`<div class="form-page">
<h1>${title}</h1>
<p>${say('own.find_about')}</p>
${filled.fault ? html`<p class="fault" id="fault-find" role="alert">${say(filled.fault)}</p>\n` : null}<form method="post" action="${inLanguage(PATH, locale)}" novalidate>
${hiddenFields({ form: tokens.issue(PURPOSE, visitor, now) })}<div class="field">
<label for="field-number">${say('own.find_number')}</label>
<p class="hint" id="hint-number">${say('own.find_number_about')}</p>
<input id="field-number" name="number" type="text" maxlength="40" autocomplete="off" aria-required="true" aria-describedby="${described}hint-number"${wrong} value="${filled.number}">
</div>
<div class="field">
<label for="field-email">${say('own.find_email')}</label>
<p class="hint" id="hint-email">${say('own.find_email_about')}</p>
<input id="field-email" name="email" type="email" maxlength="200" autocomplete="email" aria-required="true" aria-describedby="${described}hint-email"${wrong} value="${filled.email}">
</div>
<p class="actions"><button class="button" name="act" value="find">${say('own.send_code')}</button></p>
</form>
</div>`;
    return { status: filled.fault ? 422 : 200, locale, path: PATH, title, main };
  };

  const codePage = (asked: Asked, number: string, email: string, fault: string | null): Given => {
    const { locale, visitor, now } = asked;
    const say = sayIn(parts.content, locale);
    const hidden = { form: tokens.issue(PURPOSE, visitor, now), number, email };
    const title = say('own.find_title');
    const main = html`<div class="form-page">
<h1>${title}</h1>
<p${!fault && html` role="status"`}>${say('own.find_sent')}</p>
${codeForm(inLanguage(PATH, locale), hidden, fault, say)}<p><a href="${inLanguage(PATH, locale)}">${say('own.find_again')}</a></p>
</div>`;
    return { status: fault ? 422 : 200, locale, title, main };
  };

  return (server, throttle) => {
    const pages = privatePages(server, throttle, parts);
    pages.get(PATH, async (asked) => findPage(asked, { number: '', email: '', fault: null }));
    pages.post(PATH, take);
  };
}

// The token that opens a ticket's page, or null where the ticket was made with another secret.
function tokenOf(ticket: Ticket, { mint }: RequestParts): string | null {
  const { token } = mint(ticket.idempotencyKey);
  return hashToken(token) === ticket.tokenHash ? token : null;
}
