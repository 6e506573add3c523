import type { Request } from 'restify';
import { type Html, html } from '../../pages/html.ts';
import type { Answer, Visit } from './answering.ts';
import { type DeskScene, deskPage } from './desk-page.ts';
import { typedText } from './ticket-form.ts';

/** A page that says what is wrong, with what was typed to copy where something was. */
export function problem(
  status: number,
  scene: DeskScene,
  text: string,
  form: Readonly<Record<string, string>> = {},
): Answer {
  const { say } = scene;
  const onward = html`<p><a class="button" href="/desk">${say(scene.session ? 'desk.to_queue' : 'desk.sign_in')}</a></p>`;
  return problemPage(status, scene, html`<p>${say(text)}</p>\n${typedArea(form, scene)}${onward}`);
}

/** A page that says in a sentence what is wrong with a ticket, whose page is at `back`. */
export function problemText(status: number, scene: DeskScene, text: string, back: string): Answer {
  const onward = html`<p><a class="button" href="${back}">${scene.say('desk.to_ticket')}</a></p>`;
  return problemPage(status, scene, html`<p>${text}</p>\n${onward}`);
}

/** Signing in goes on in another tab: what was typed stays where it is, and the page it belongs to opens there. */
export function signedOut({ form, request, scene }: Visit): Answer {
  const { say } = scene;
  const onward = html`<p><a class="button" href="${signInPath(request)}" target="_blank" rel="noopener">${say('desk.sign_in_tab')}</a></p>`;
  const text = html`<p>${say('desk.signed_out_meanwhile')}</p>\n`;
  return problemPage(401, scene, html`${text}${typedArea(form, scene)}${onward}`);
}

function problemPage(status: number, scene: DeskScene, content: Html): Answer {
  const title = scene.say('desk.problem');
  const main = html`<div class="desk-narrow">
<h1>${title}</h1>
${content}
</div>`;
  return { status, page: deskPage(scene, title, main) };
}

function typedArea(form: Readonly<Record<string, string>>, { say }: DeskScene): Html | null {
  const typed = typedText(form);
  if (!typed) return null;
  return html`<p><label for="typed">${say('desk.typed')}</label></p>
<textarea id="typed" rows="8" readonly>\n${typed}</textarea>
`;
}

/** The way to sign in and back to where somebody was. */
export function signInPath(request: Request): string {
  const query = request.method === 'GET' ? request.getQuery() : '';
  return `/desk/sign-in?to=${encodeURIComponent(query ? `${request.getPath()}?${query}` : request.getPath())}`;
}
