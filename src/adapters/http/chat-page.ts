import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'restify';
import { z } from 'zod';
import type { Content } from '../../content/content.ts';
import { fillText } from '../../conversation/render.ts';
import { html, safeHtml } from '../../pages/html.ts';
import { inLanguage } from '../../pages/site-page.ts';
import type { Locale } from '../../text/words.ts';
import type { Routes } from './service.ts';
import type { StaticFiles } from './static-files.ts';

/** What the chat's page is made of. */
export interface ChatParts {
  content: Content;
  files: Pick<StaticFiles, 'url'>;
  /** Where people reach the service, once that is known. */
  address: () => string | null;
  /** The origins whose pages may hold the chat in a frame, besides our own. */
  origins: () => readonly string[];
  /** The address of a Direct Line that somebody else hosts, such as Azure's; null where it is our own. */
  hosted: string | null;
}

const COLOR = '#00557f';
const TITLE_LENGTH = 60;
// Emotion, inside Web Chat, puts in one empty style element without a nonce; this is the hash of nothing.
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

const querySchema = z.object({
  lang: z.enum(['sv', 'en']).catch('sv'),
  color: z
    .string()
    .regex(/^#(?:[\da-f]{3}){1,2}$/i)
    .catch(COLOR),
  title: z
    .string()
    .transform((title) => [...title.replace(/\p{Cc}/gu, ' ').trim()].slice(0, TITLE_LENGTH).join(''))
    .catch(''),
});

/** The texts that the page's script says, by their ids. */
const said = [
  'chat.loading',
  'chat.connecting',
  'chat.reconnecting',
  'chat.offline',
  'chat.expired',
  'chat.forgetting',
  'chat.forgotten',
  'chat.forget_failed',
  'chat.save_failed',
  'chat.you',
  'chat.title',
  'chat.failed',
  'chat.try_again',
  'chat.start_over',
  'chat.placeholder',
] as const;

// What can be done without the chat, which is nothing without its script.
const NO_SCRIPT_WAYS = [
  ['/request', 'site.request'],
  ['/request/find', 'site.find'],
  ['/notice', 'careers.read'],
] as const;

/** The route of the chat: `/chat?lang=sv|en&color=%23rrggbb&title=…`. What does not fit is left out. */
export function chatRoutes(parts: ChatParts): Routes {
  return (server, throttle) =>
    server.get('/chat', throttle, async (request: Request, response: Response) => {
      const { searchParams } = new URL(request.url ?? '/', 'http://here');
      const query = querySchema.parse(Object.fromEntries(searchParams));
      const nonce = randomBytes(16).toString('base64');
      response.sendRaw(200, chatPage(query, nonce, parts), chatHeaders(nonce, parts));
    });
}

/** The page of the chat; what is to be seen in it, src/browser/chat.ts draws. */
function chatPage(
  { lang, color, title }: z.infer<typeof querySchema>,
  nonce: string,
  { content, files, origins }: ChatParts,
): string {
  const say = (id: string) => fillText(id, {}, content, lang satisfies Locale);
  const settings = {
    locale: lang,
    texts: Object.fromEntries(said.map((id) => [id, say(id)])),
    color,
    directLine: '/v3/directline',
    webChat: files.url('webchat.js'),
    origins: origins(),
  };
  const name = title || say('chat.title');
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>${name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${files.url('chat.css')}" nonce="${nonce}">
<link rel="preload" as="script" href="${files.url('webchat.js')}" nonce="${nonce}">
<script type="application/json" id="settings">${safeHtml(JSON.stringify(settings).replaceAll('<', '\\u003c'))}</script>
<script src="${files.url('chat.js')}" nonce="${nonce}" defer></script>
</head>
<body>
<header>
<h1>${name}</h1>
<button type="button" id="forget" title="${say('chat.forget')}" disabled hidden><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5M14 11v5"/></svg><span>${say('chat.forget')}</span></button>
<button type="button" id="close" aria-label="${say('chat.close')}" title="${say('chat.close')}" hidden><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18"/></svg></button>
</header>
<div id="status" data-state="empty"></div>
<noscript>
<p>${say('chat.no_script')}</p>
<ul>
${NO_SCRIPT_WAYS.map(([path, id]) => html`<li><a href="${inLanguage(path, lang)}">${say(id)}</a></li>\n`)}</ul>
</noscript>
<main id="chat"></main>
<dialog id="forget-dialog" aria-labelledby="forget-question" aria-describedby="forget-about">
<form method="dialog">
<h2 id="forget-question">${say('chat.forget_question')}</h2>
<p id="forget-about">${say('chat.forget_about')}</p>
<button type="button" id="save">${say('chat.save')}</button>
<button value="keep">${say('chat.forget_no')}</button>
<button value="forget">${say('chat.forget_yes')}</button>
</form>
</dialog>
</body>
</html>
`.markup;
}

function chatHeaders(nonce: string, { address, origins, hosted }: ChatParts): Record<string, string> {
  const connect = [address(), hosted]
    .filter((place) => place !== null)
    .map((place) => new URL(place).origin)
    .flatMap((origin) => [origin, origin.replace(/^http/, 'ws')]);
  const policy = {
    'default-src': ["'none'"],
    'script-src': [`'nonce-${nonce}'`],
    'style-src': [`'nonce-${nonce}'`, EMPTY_STYLE],
    'img-src': ["'self'", 'data:', 'blob:'],
    'connect-src': ["'self'", ...connect],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'self'", ...origins()],
  };
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': Object.entries(policy)
      .map(([name, values]) => `${name} ${values.join(' ')}`)
      .join('; '),
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
  };
}
