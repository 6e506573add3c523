import type { Request, RequestHandler, Response } from 'restify';
import { z } from 'zod';
import { acceptedLocale } from '../../http/accepted-locale.ts';
import { BodyError, readForm } from '../../http/read-body.ts';
import { sayIn } from '../../pages/site-page.ts';
import { type Cookie, cookieOf } from './cookies.ts';
import { deskHeaders } from './desk-headers.ts';
import type { DeskScene } from './desk-page.ts';
import type { DeskParts } from './desk-parts.ts';
import { may, type Role } from './officer.ts';
import { officerNamesIn } from './officer-names.ts';
import { problem, signedOut, signInPath } from './problem-page.ts';
import { isFormOf, type Session, type Sessions, sessionsIn } from './sessions.ts';

/** What is sent back: a page, another place to go to, or a file to keep. */
export type Answer = {
  cookies?: readonly string[];
} & ( // `onwards`: where the page leads by itself. A form may not be answered with another site's address.
  | { status: number; page: string; onwards?: string }
  | { to: string }
  | { file: string; type: string; name: string }
);

/** A request as the desk's pages see it. */
export interface Visit {
  request: Request;
  query: URLSearchParams;
  /** The fields of the form that was sent; none for GET. */
  form: Readonly<Record<string, string>>;
  scene: DeskScene;
}

/** A visit of somebody who has signed in. */
export interface SignedInVisit extends Visit {
  session: Session;
}

/** Makes handlers for restify out of functions that answer. */
export interface Answering {
  sessions: Sessions;
  cookie: Cookie;
  /** For everybody: the pages around signing in. */
  open(work: (visit: Visit) => Promise<Answer>): RequestHandler;
  /** A page for those with a role; others are sent to sign in, or told that it is not theirs. */
  page(needed: Role, work: (visit: SignedInVisit) => Promise<Answer>): RequestHandler;
  /** A form of a page of the same session, from somebody with a role. */
  form(needed: Role, work: (visit: SignedInVisit) => Promise<Answer>): RequestHandler;
}

const MAX_FORM_BYTES = 128 * 1024;
const language = z.enum(['sv', 'en']);

export function answering(parts: DeskParts): Answering {
  const sessions = sessionsIn(parts.documents, parts.clock);
  const names = officerNamesIn(parts.documents, parts.clock);
  const cookie = cookieOf('desk', parts.isSecure);
  const prepare = async (request: Request): Promise<Visit> => {
    const query = new URLSearchParams(request.getQuery());
    const asked = language.safeParse(query.get('lang')).data ?? null;
    const id = cookie.read(request);
    const session = id === null ? null : await sessions.see(id, asked);
    const locale = asked ?? session?.locale ?? acceptedLocale(request.headers['accept-language']);
    const scene: DeskScene = {
      content: parts.content,
      files: parts.files,
      locale,
      say: sayIn(parts.content, locale),
      now: parts.clock(),
      path: null,
      session,
      names: session ? await names.all() : {},
    };
    return { request, query, form: {}, scene };
  };
  const handler =
    (work: (visit: Visit) => Promise<Answer>): RequestHandler =>
    async (request: Request, response: Response) => {
      let scene: DeskScene | null = null;
      try {
        const visit = await prepare(request);
        scene = visit.scene;
        const form = request.method === 'POST' ? await readForm(request, MAX_FORM_BYTES) : {};
        send(response, await work({ ...visit, form }));
      } catch (error) {
        const status = error instanceof BodyError ? error.status : 500;
        if (status === 500) parts.failed({ error: error instanceof Error ? error.name : 'unknown' });
        const locale = scene?.locale ?? 'sv';
        const say = sayIn(parts.content, locale);
        const blank = { content: parts.content, files: parts.files, locale, say, now: parts.clock() };
        const shown = scene ?? { ...blank, path: null, session: null, names: {} };
        send(response, problem(status, shown, status === 500 ? 'desk.failed' : 'desk.bad_form'));
      }
    };
  const enter = (needed: Role, visit: Visit, work: (visit: SignedInVisit) => Promise<Answer>) => {
    const { session } = visit.scene;
    if (!session) throw new RangeError('nobody is signed in');
    if (!may(session.officer, needed)) return problem(403, visit.scene, 'desk.not_yours');
    return work({ ...visit, session });
  };
  return {
    sessions,
    cookie,
    open: handler,
    page: (needed, work) =>
      handler(async (visit) => {
        if (visit.scene.session) return enter(needed, visit, work);
        return { to: signInPath(visit.request) };
      }),
    form: (needed, work) =>
      handler(async (visit) => {
        const { session } = visit.scene;
        if (!session) return signedOut(visit);
        if (!isOwnForm(visit.request, session, visit.form.token))
          return problem(403, visit.scene, 'desk.foreign_form', visit.form);
        return enter(needed, visit, work);
      }),
  };
}

// A browser says whether a form was sent by a page of the same origin; the token holds where it does not.
function isOwnForm(request: Request, session: Session, token: string | undefined): boolean {
  const site = request.headers['sec-fetch-site'];
  return (site === undefined || site === 'same-origin') && isFormOf(session, token);
}

function send(response: Response, answer: Answer): void {
  const cookies = answer.cookies?.length ? { 'set-cookie': answer.cookies } : {};
  const headers = { ...deskHeaders, ...cookies } as Record<string, string>;
  if ('to' in answer) response.sendRaw(303, '', { ...headers, location: answer.to });
  else if ('file' in answer)
    response.sendRaw(200, answer.file, {
      ...headers,
      'content-type': answer.type,
      'content-disposition': `attachment; filename="${answer.name}"`,
    });
  else {
    const onwards = answer.onwards === undefined ? {} : { refresh: `0; url=${answer.onwards}` };
    response.sendRaw(answer.status, answer.page, { ...headers, ...onwards });
  }
}
