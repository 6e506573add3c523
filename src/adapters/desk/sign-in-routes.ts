import type { RequestHandler, Server } from 'restify';
import { isFromHere } from '../../http/same-origin.ts';
import { html } from '../../pages/html.ts';
import type { Answer, Answering, Visit } from './answering.ts';
import { cookieOf } from './cookies.ts';
import { type DeskScene, deskPage } from './desk-page.ts';
import type { DeskParts } from './desk-parts.ts';
import type { LinkSignIn } from './link-sign-in.ts';
import { actorOf, type Officer } from './officer.ts';
import { officerNamesIn } from './officer-names.ts';
import { type OpenIdSignIn, SIGN_IN_MS } from './openid-sign-in.ts';
import { problem } from './problem-page.ts';

/** That somebody has signed out: the service is to ask who it is the next time, for as long as it may remember. */
const LEFT = '-'.repeat(43);
const LEFT_S = 90 * 86_400;

/** The routes of signing in and out. */
export function signInRoutes(parts: DeskParts, { open, form, sessions, cookie }: Answering) {
  const { audit, clock, signIn } = parts;
  const names = officerNamesIn(parts.documents, clock);
  const left = cookieOf('desk-left', parts.isSecure);
  const enter = async (officer: Officer, to: string, { scene }: Visit): Promise<Answer> => {
    // A new id: what the browser had before is worth nothing from now on.
    if (scene.session) await sessions.end(scene.session.id);
    const session = await sessions.begin(officer, signIn.sessionMs);
    await names.remember(officer);
    await audit.append({
      at: clock().toISOString(),
      by: actorOf(officer),
      action: 'desk.sign_in',
      ticketId: null,
      detail: { way: signIn.kind },
    });
    return { to, cookies: [cookie.set(session.id, signIn.sessionMs / 1000)] };
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
    const away = { ...scene, session: null };
    if (signIn.kind === 'link') return { ...signedOutPage(away), cookies: [cookie.clear()] };
    const cookies = [cookie.clear(), left.set(LEFT, LEFT_S)];
    return { ...leavingPage(away, await signIn.leave()), cookies };
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
        open(async ({ query, request, scene }) => {
          const isAnew = left.read(request) !== null;
          const begun = await service.begin(placeIn(query.get('to')), isAnew).catch(() => null);
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
            return { ...answer, cookies: [...(answer.cookies ?? []), pending.clear(), left.clear()] };
          }
          const isStranger = signedIn?.why === 'no_role';
          const text = isStranger ? 'desk.no_role' : 'desk.sign_in_failed';
          return { ...problem(403, visit.scene, text), cookies: [pending.clear()] };
        }),
      );
      server.get(
        '/desk/signed-out',
        throttle,
        open(async ({ scene }) => signedOutPage({ ...scene, session: null })),
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
          // No other site makes links on the console, or uses one up.
          if (!isFromHere(visit.request, null)) return problem(403, visit.scene, 'desk.foreign_form');
          const { code, to } = visit.form;
          const officer = code ? link.redeem(code) : null;
          if (officer) return enter(officer, placeIn(to), visit);
          if (code) return problem(403, visit.scene, 'desk.link_failed');
          link.print();
          return note(visit.scene, 'desk.link_title', 'desk.link_printed');
        }),
      );
    }
  };
}

/** Where to go on: a page of the desk, never another site. */
function placeIn(to: string | null | undefined): string {
  return to && PLACE.test(to) ? to : '/desk';
}

const PLACE =
  /^\/desk(?:\/figures|\/audit|\/search|\/new|\/ticket\/SA-[0-9A-Z]{4}-[0-9A-Z]{4}(?:\/correct)?)?(?:\?[\w=&%.~+-]{0,1000})?$/;

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

function signedOutPage(scene: DeskScene): Answer {
  return note(scene, 'desk.signed_out_title', 'desk.signed_out');
}

// Where the service has a place to sign out of it too, the browser goes on to there.
function leavingPage(scene: DeskScene, service: URL | null): Answer {
  if (!service) return note(scene, 'desk.signed_out_title', 'desk.signed_out_here');
  const going = note(scene, 'desk.signed_out_title', 'desk.signed_out_onwards', {
    to: service.href,
    text: 'desk.sign_out_service',
  });
  return { ...going, onwards: service.href };
}

function note(
  scene: DeskScene,
  titleId: string,
  textId: string,
  onward = { to: '/desk', text: 'desk.sign_in' },
): { status: number; page: string } {
  const title = scene.say(titleId);
  const main = html`<div class="desk-narrow">
<h1>${title}</h1>
<p>${scene.say(textId)}</p>
<p><a class="button" href="${onward.to}">${scene.say(onward.text)}</a></p>
</div>`;
  return { status: 200, page: deskPage(scene, title, main) };
}
