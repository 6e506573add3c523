import type { RequestType } from '../../content/dialogs-schema.ts';
import { draftTicket } from '../../conversation/draft-ticket.ts';
import { fingerprint } from '../../conversation/form-sent.ts';
import { type FilledIn, readRequest } from '../../conversation/read-fields.ts';
import { inLanguage, sayIn } from '../../pages/site-page.ts';
import type { Locale } from '../../text/words.ts';
import { entriesFor } from '../../tickets/outbox.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { formTokens } from './form-token.ts';
import { notThere } from './page-fault.ts';
import { type Asked, type Given, privatePages, SENT } from './private-pages.ts';
import { choosePage, type FormFrame, type FormPage, fillPage, reviewPage } from './request-form-page.ts';
import type { RequestParts } from './request-parts.ts';
import type { Routes } from './service.ts';

/** For so long the page tells the browser that sent a form where the mail goes. */
const SENT_SECONDS = 30 * 60;
const EMPTY: FilledIn = { slots: {}, shown: {}, faults: new Map(), masked: false };

/**
 * The routes of the request form: `/request` asks what is wanted, `/request/new/<type>` is filled in, read through and
 * sent. What was written goes from page to page in the form itself and is stored only once it is sent.
 */
export function requestFormRoutes(parts: RequestParts): Routes {
  const { content } = parts;
  const tokens = formTokens(parts.secret);

  const fill = (type: RequestType, filled: FilledIn, frame: FormFrame): FormPage => {
    const say = sayIn(content, frame.locale);
    return fillPage(type, filled, frame, {
      title: say(`request.${type.id}.title`),
      lead: say(`request.${type.id}.about`),
      button: say('card.review'),
      act: 'review',
    });
  };

  const frameFor = (type: RequestType, locale: Locale, token: string): FormFrame => ({
    locale,
    content,
    action: (language) => inLanguage(`/request/new/${type.id}`, language),
    token,
  });

  const open = async ({ params, locale, visitor, now }: Asked): Promise<Given> => {
    const type = typeOf(params.type, parts);
    const token = tokens.issue(type.id, visitor, now);
    return { locale, ...fill(type, EMPTY, frameFor(type, locale, token)) };
  };

  const take = async ({ params, form, locale, visitor, now }: Asked): Promise<Given> => {
    const type = typeOf(params.type, parts);
    const filled = readRequest(form, type, content);
    const known = tokens.read(type.id, visitor, form.form, now);
    const token = tokens.issue(type.id, visitor, now, known?.id);
    const frame = frameFor(type, locale, token);
    // Shown anew, to be changed or in the other language: nothing is done, and nothing is wrong yet.
    if (form.act === 'edit') return { locale, ...fill(type, { ...filled, faults: new Map() }, frame) };
    // Nothing that was written is lost where the form has grown old or the browser keeps no cookies.
    if (!known || known.isOld) {
      const again = { ...frame, notice: known ? 'form_page.old' : 'form_page.again' };
      return { status: 403, locale, ...fill(type, { ...filled, faults: new Map() }, again) };
    }
    if (filled.faults.size > 0) return { status: 422, locale, ...fill(type, filled, frame) };
    if (form.act !== 'send') return { locale, ...reviewPage(type, filled, frame) };
    const to = await file(known.id, type, filled.slots, locale, now, parts);
    return { to, cookies: [{ name: SENT, value: known.id, seconds: SENT_SECONDS }] };
  };

  return (server, throttle) => {
    const pages = privatePages(server, throttle, parts);
    pages.get('/request', async ({ locale }) => ({
      locale,
      path: '/request',
      ...choosePage(content, locale),
    }));
    pages.get('/request/new/:type', open);
    pages.post('/request/new/:type', take);
  };
}

/** Whether a ticket was made from a form, by the form's id, which nobody knows but the browser that sent it. */
export function isMadeFrom(form: string | null, ticket: Ticket): boolean {
  return form !== null && ticket.idempotencyKey === keyOf(form);
}

function keyOf(form: string): string {
  return `form/${form}`;
}

/** Files the request as the chat does; the address of its page. A form that is sent twice makes one ticket. */
async function file(
  form: string,
  type: RequestType,
  slots: Record<string, string>,
  locale: Locale,
  now: Date,
  parts: RequestParts,
): Promise<string> {
  const key = keyOf(form);
  const request = { key, slots, behalf: false };
  const { ticket, token } = draftTicket(request, type, { now, channel: 'form' }, locale, parts);
  const stored = await parts.tickets.create(ticket, entriesFor(ticket));
  const isNew = stored.created || fingerprint(stored.ticket) === fingerprint(ticket);
  return `/request/${token}?told=${isNew ? 'sent' : 'sent_before'}`;
}

function typeOf(id: string | undefined, { content }: RequestParts): RequestType {
  const type = content.requests.get(id ?? '');
  if (!type) throw notThere();
  return type;
}
