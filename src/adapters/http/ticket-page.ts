import type { Request, Response } from 'restify';
import type { Content } from '../../content/content.ts';
import type { Locale } from '../../text/words.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { html } from './html.ts';
import { privateHeaders } from './page-headers.ts';
import type { Routes } from './service.ts';
import { sayIn, sitePage } from './site-page.ts';
import type { StaticFiles } from './static-files.ts';

/** A page as it is sent: its status and its HTML. */
export interface Page {
  status: number;
  html: string;
}

/** The route of a ticket's page; `find` gives the ticket that a token opens. */
export function ticketRoutes(
  find: (token: string) => Promise<Ticket | null>,
  content: Content,
  files: Pick<StaticFiles, 'url'>,
): Routes {
  return (server, throttle) =>
    server.get('/request/:token', throttle, async (request: Request, response: Response) => {
      const page = ticketPage(await find(String(request.params.token)), content, files);
      response.sendRaw(page.status, page.html, privateHeaders);
    });
}

/** How a ticket is going, for whoever has its link: type, state and date, and nothing about the person. */
export function ticketPage(ticket: Ticket | null, content: Content, files: Pick<StaticFiles, 'url'>): Page {
  const locale: Locale = ticket?.locale ?? 'sv';
  const say = sayIn(content, locale);
  const title = say(ticket ? `request.${ticket.type}.title` : 'page.unknown_title');
  const lines = ticket
    ? [
        say('page.number', { number: ticket.number }),
        say('page.status', { status: { text: `status.is.${ticket.status}` } }),
        ...(ticket.due ? [say('page.due', { due: { day: ticket.due } })] : []),
        say('page.private'),
      ]
    : [say('page.unknown')];
  const main = html`<div class="ticket">
<h1>${title}</h1>
${lines.map((line) => html`<p>${line}</p>\n`)}</div>`;
  return { status: ticket ? 200 : 404, html: sitePage({ locale, title, main }, content, files) };
}
