import type { Request, Response } from 'restify';
import type { Content } from '../../content/content.ts';
import { fillText } from '../../conversation/render.ts';
import type { Locale } from '../../text/words.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { Routes } from './service.ts';

/** A page as it is sent: its status and its HTML. */
export interface Page {
  status: number;
  html: string;
}

/** The headers of a page that only its owner should see: kept nowhere, told to nobody, and running nothing. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-robots-tag': 'noindex',
  'x-content-type-options': 'nosniff',
};

/** The route of a ticket's page; `find` gives the ticket that a token opens. */
export function ticketRoutes(find: (token: string) => Promise<Ticket | null>, content: Content): Routes {
  return (server, throttle) =>
    server.get('/request/:token', throttle, async (request: Request, response: Response) => {
      const { status, html } = ticketPage(await find(String(request.params.token)), content);
      response.sendRaw(status, html, pageHeaders);
    });
}

/** How a ticket is going, for whoever has its link: type, state and date, and nothing about the person. */
export function ticketPage(ticket: Ticket | null, content: Content): Page {
  const locale: Locale = ticket?.locale ?? 'sv';
  const say = (id: string, values = {}) => fillText(id, values, content, locale);
  if (!ticket) return { status: 404, html: page('sv', say('page.unknown_title'), [say('page.unknown')]) };
  const title = say(`request.${ticket.type}.title`);
  const lines = [
    say('page.number', { number: ticket.number }),
    say('page.status', { status: { text: `status.is.${ticket.status}` } }),
    ...(ticket.due ? [say('page.due', { due: { day: ticket.due } })] : []),
    say('page.private'),
  ];
  return { status: 200, html: page(locale, title, lines) };
}

function page(locale: Locale, title: string, lines: readonly string[]): string {
  const body = lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n');
  return `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
