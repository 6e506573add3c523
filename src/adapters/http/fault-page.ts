import { BodyError } from '../../http/read-body.ts';
import { html } from '../../pages/html.ts';
import { inLanguage, sayIn } from '../../pages/site-page.ts';
import type { Locale } from '../../text/words.ts';
import { TransitionError } from '../../tickets/life-cycle.ts';
import { EtagMismatch } from '../../tickets/ticket-store.ts';
import { PageFault } from './page-fault.ts';
import type { Given } from './private-pages.ts';
import type { RequestParts } from './request-parts.ts';

/**
 * The page that tells what is wrong and where to go from there: to the page of the ticket (`back`) where one was open,
 * to one that is there already, or to a new request.
 */
export function faultPage(error: unknown, locale: Locale, parts: RequestParts, back: string | null): Given {
  const fault = asFault(error);
  if (fault.status === 500)
    parts.log({ error: error instanceof Error ? error.name : 'unknown', page: 'request' });
  const say = sayIn(parts.content, locale);
  const title = say(fault.status === 404 ? 'page.unknown_title' : 'form_page.fault_title');
  const ways = back
    ? html`<p><a href="${back}">${say('own.back')}</a></p>`
    : html`<p><a href="${inLanguage('/request/find', locale)}">${say('form_page.find')}</a></p>
<p><a href="${inLanguage('/request', locale)}">${say('form_page.begin')}</a></p>`;
  const main = html`<div class="ticket">
<h1>${title}</h1>
<p>${say(fault.id)}</p>
${ways}
</div>`;
  return { status: fault.status, locale, title, main };
}

function asFault(error: unknown): PageFault {
  if (error instanceof PageFault) return error;
  if (error instanceof BodyError)
    return new PageFault(
      error.status,
      error.status === 413 ? 'form_page.fault_size' : 'form_page.fault_body',
    );
  if (error instanceof EtagMismatch || error instanceof TransitionError)
    return new PageFault(409, 'form_page.fault_changed');
  return new PageFault(500, 'form_page.fault_failed');
}
