import type { RequestHandler, Server } from 'restify';
import { html } from '../../pages/html.ts';
import { type Answer, type Answering, problem, type Visit } from './answering.ts';
import { cookieOf } from './cookies.ts';
import { type DeskScene, deskPage } from './desk-page.ts';
import type { DeskParts } from './desk-parts.ts';
import type { LinkSignIn } from './link-sign-in.ts';
import { actorOf, type Officer } from './officer.ts';
import { officerNamesIn } from './officer-names.ts';
import { type OpenIdSignIn, SIGN_IN_MS } from './openid-sign-in.ts';
import { SESSION_MS } from './sessions.ts';

/** The routes of signing in and out. */
export function signInRoutes(parts: DeskParts, { open, form, sessions, cookie }: Answering) {
  const { audit, clock, signIn } = parts;
  const names = officerNamesIn(parts.documents, clock);
  const enter = async (officer: Officer, to: string, { scene }: Visit): Promise<Answer> => {
    // A new id: what the browser had before is worth nothing from now on.
    if (scene.session) await sessions.end(scene.session.id);
    const session = await sessions.begin(officer);
    await names.remember(officer);
    await audit.append({
      at: clock().toISOString(),
      by: actorOf(officer),
      action: 'desk.sign_in',
      ticketId: null,
      detail: { way: signIn.kind },
    });
    return { to, cookies: [cookie.set(session.id, SESSION_MS / 1000)] };
  };
  const out = form('reader', async ({ session, scene }) => {
    await sessions.end(session.id);
    await audit.append({
      at: clock().toISOString(),
      by: actorOf(session.officer),
      action: 'desk.sign_out',
      ticketId: null,
      detail: {},
    });
    const left = { ...scene, session: null };
    return { ...note(200, left, 'desk.signed_out_title', 'desk.signed_out'), cookies: [cookie.clear()] };
  });
  return (server: Server, throttle: RequestHandler): void => {
    server.post('/desk/sign-out', throttle, out);
    if (signIn.kind === 'openid') addOpenId(signIn);
    else addLink(signIn);

    function addOpenId(service: OpenIdSignIn): void {
      const pending = cookieOf('desk-sign-in', parts.isSecure);
      server.get(
        '/desk/sign-in',
        throttle,
        open(async ({ query, scene }) => {
          const begun = await service.begin(placeIn(query.get('to'))).catch(() => null);
          if (!begun) return problem(503, scene, 'desk.no_service');
          return { to: begun.url.href, cookies: [pending.set(begun.id, SIGN_IN_MS / 1000)] };
        }),
      );
      server.get(
        '/desk/sign-in/return',
        throttle,
        open(async (visit) => {
          const id = pending.read(visit.request);
          const signedIn = id === null ? null : await service.finish(id, visit.query.toString());
          if (signedIn?.is === 'officer') {
            const answer = await enter(signedIn.officer, signedIn.to, visit);
            return { ...answer, cookies: [...(answer.cookies ?? []), pending.clear()] };
          }
          const isStranger = signedIn?.why === 'no_role';
          const text = isStranger ? 'desk.no_role' : 'desk.sign_in_failed';
          return { ...problem(403, visit.scene, text), cookies: [pending.clear()] };
        }),
      );
    }

    function addLink(link: LinkSignIn): void {
      server.get(
        '/desk/sign-in',
        throttle,
        open(async ({ query, scene }) => ({
          status: 200,
          page: linkPage(scene, query.get('code'), placeIn(query.get('to'))),
        })),
      );
      server.post(
        '/desk/sign-in',
        throttle,
        open(async (visit) => {
          const { code, to } = visit.form;
          const officer = code ? link.redeem(code) : null;
          if (officer) return enter(officer, placeIn(to), visit);
          if (code) return problem(403, visit.scene, 'desk.link_failed');
          link.print();
          return note(200, visit.scene, 'desk.link_title', 'desk.link_printed');
        }),
      );
    }
  };
}

/** Where to go on: a page of the desk, never another site. */
function placeIn(to: string | null | undefined): string {
  return to && /^\/desk(?:\/figures|\/audit|\/ticket\/SA-[0-9A-Z]{4}-[0-9A-Z]{4})?$/.test(to) ? to : '/desk';
}

// A link is only shown when it is opened, and used when the button is pressed: a preview must not use it up.
function linkPage(scene: DeskScene, code: string | null, to: string): string {
  const { say } = scene;
  const title = say('desk.link_title');
  const isCode = code !== null && /^[\w-]{43}$/.test(code);
  const main = html`<div class="desk-narrow">
<h1>${title}</h1>
<p>${say(isCode ? 'desk.link_found' : 'desk.link_lead')}</p>
<form method="post" action="/desk/sign-in">
<input type="hidden" name="to" value="${to}">
${isCode && html`<input type="hidden" name="code" value="${code}">\n`}<button class="button">${say(isCode ? 'desk.sign_in' : 'desk.link_print')}</button>
</form>
</div>`;
  return deskPage(scene, title, main);
}

function note(status: number, scene: DeskScene, titleId: string, textId: string): Answer {
  const title = scene.say(titleId);
  const main = html`<div class="desk-narrow">
<h1>${title}</h1>
<p>${scene.say(textId)}</p>
<p><a class="button" href="/desk">${scene.say('desk.sign_in')}</a></p>
</div>`;
  return { status, page: deskPage(scene, title, main) };
}
