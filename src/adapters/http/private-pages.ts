import type { Request, RequestHandler, Response, Server } from 'restify';
import { acceptedLocale } from '../../http/accepted-locale.ts';
import { readForm } from '../../http/read-body.ts';
import { isFromHere } from '../../http/same-origin.ts';
import type { Html } from '../../pages/html.ts';
import { sayIn, sitePage } from '../../pages/site-page.ts';
import type { Locale } from '../../text/words.ts';
import { type Cookie, readCookie, setCookie } from './cookies.ts';
import { faultPage } from './fault-page.ts';
import { randomId } from './form-token.ts';
import { PageFault } from './page-fault.ts';
import { privateHeaders } from './page-headers.ts';
import type { RequestParts } from './request-parts.ts';

/** What somebody asks of the request pages. */
export interface Asked {
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** What was sent; nothing where a page is only looked at. */
  form: Readonly<Record<string, string>>;
  /** The language that the address names, or null. */
  lang: Locale | null;
  /** That language, or else the site's own. */
  locale: Locale;
  /** Who asks: an id of their browser's, which forms are bound to. */
  visitor: string;
  /** The key of a confirmed session, or null. */
  owner: string | null;
  /** The id of the form that this browser has sent last, or null. */
  sent: string | null;
  now: Date;
}

/** What they get: a page, another address, or a file. */
export type Given = { cookies?: readonly Cookie[] } & (
  | { status?: number; locale: Locale; title: string; main: Html; path?: string; language?: Html }
  | { to: string }
  | { file: string; type: string; name: string }
);

export type Answering = (asked: Asked) => Promise<Given>;

/** The cookie that forms are bound to, that of a confirmed session, and that of the form sent last. */
const VISITOR = 'request';
const OWNER = 'request-owner';
export const SENT = 'request-sent';
const VISITOR_SECONDS = 2 * 3600;
/** As large as a form may be: every field full of characters that need twelve bytes each. */
const MAX_BYTES = 128 * 1024;

/** The headers of private pages, which send forms to us. */
export const formHeaders = {
  ...privateHeaders,
  'content-security-policy': privateHeaders['content-security-policy'].replace(
    "form-action 'none'",
    "form-action 'self'",
  ),
};

/** Adds pages that belong to one person: not kept, not linked, and changed only from themselves. */
export function privatePages(server: Server, throttle: RequestHandler, parts: RequestParts) {
  const handle = (answering: Answering) => async (request: Request, response: Response) => {
    const asked = askedBy(request, parts.clock());
    let given: Given;
    try {
      if (request.method === 'POST') {
        const form = await readForm(request, MAX_BYTES);
        if (!isFromHere(request, parts.address())) throw new PageFault(403, 'form_page.fault_foreign');
        given = await answering({ ...asked, form });
      } else given = await answering(asked);
    } catch (error) {
      given = faultPage(error, faultLocale(asked, request), parts, null);
    }
    send(response, given, asked.visitor, parts);
  };
  return {
    get: (path: string, answering: Answering) => server.get(path, throttle, handle(answering)),
    post: (path: string, answering: Answering) => server.post(path, throttle, handle(answering)),
  };
}

function askedBy(request: Request, now: Date): Asked {
  const query = new URLSearchParams(request.getQuery());
  const named = query.get('lang');
  const lang = named === 'sv' || named === 'en' ? named : null;
  return {
    params: request.params as Record<string, string>,
    query,
    form: {},
    lang,
    locale: lang ?? 'sv',
    visitor: readCookie(request, VISITOR) ?? randomId(),
    owner: readCookie(request, OWNER),
    sent: readCookie(request, SENT),
    now,
  };
}

function send(response: Response, given: Given, visitor: string, parts: RequestParts): void {
  const isHttps = parts.address()?.startsWith('https:') ?? false;
  const cookies = [{ name: VISITOR, value: visitor, seconds: VISITOR_SECONDS }, ...(given.cookies ?? [])];
  response.setHeader(
    'set-cookie',
    cookies.map((cookie) => setCookie(cookie, isHttps)),
  );
  if ('to' in given) {
    response.sendRaw(303, '', { ...formHeaders, location: given.to });
    return;
  }
  if ('file' in given) {
    const name = `attachment; filename="${given.name}"`;
    response.sendRaw(200, given.file, {
      ...formHeaders,
      'content-type': given.type,
      'content-disposition': name,
    });
    return;
  }
  const { status = 200, ...page } = given;
  const markup = sitePage(
    { ...page, title: `${page.title} – ${sayIn(parts.content, page.locale)('site.name')}` },
    parts.content,
    parts.files,
  );
  response.sendRaw(status, markup, { ...formHeaders, 'content-language': page.locale });
}

// The page of a ticket has the ticket's language, which is not known where the link opens none.
function faultLocale({ lang, params }: Asked, request: Request): Locale {
  return lang ?? (params.token === undefined ? 'sv' : acceptedLocale(request.headers['accept-language']));
}
