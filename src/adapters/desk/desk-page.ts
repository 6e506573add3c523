import type { Content } from '../../content/content.ts';
import { type Html, html } from '../../pages/html.ts';
import type { PageFiles } from '../../pages/page-files.ts';
import { type Say, sitePage } from '../../pages/site-page.ts';
import type { Locale } from '../../text/words.ts';
import type { Actor } from '../../tickets/audit.ts';
import { CONSOLE, may, type Officer } from './officer.ts';
import { formTokenOf, type Session } from './sessions.ts';

/** What the parts of one page share. */
export interface DeskScene {
  content: Content;
  files: PageFiles;
  locale: Locale;
  say: Say;
  now: Date;
  /** Where the page is, which the switch of language leads to; null where it is no place to come back to. */
  path: string | null;
  /** Null on the pages around signing in. */
  session: Session | null;
  /** What officers are called, by id. */
  names: Readonly<Record<string, string>>;
}

/** A page of the desk as HTML. */
export function deskPage(scene: DeskScene, title: string, main: Html): string {
  const { content, files, locale, say } = scene;
  return sitePage(
    {
      locale,
      title: `${title} – ${say('desk.name')}`,
      site: say('desk.name'),
      home: '/desk',
      footer: say('desk.footer'),
      scripts: html`<link rel="stylesheet" href="${files.url('desk.css')}">\n`,
      navigation: navigation(scene),
      main,
    },
    content,
    files,
  );
}

/** A form of the desk: sent by POST, with the token that says which session it came from. */
export function deskForm(
  scene: DeskScene,
  action: string,
  fields: Html,
  attributes: Html | null = null,
): Html {
  const token = scene.session ? formTokenOf(scene.session) : '';
  return html`<form method="post" action="${action}"${attributes}>
<input type="hidden" name="token" value="${token}">
${fields}
</form>
`;
}

/** What an officer is called on the page. */
export function officerName(id: string, { names, say }: DeskScene): string {
  if (id === CONSOLE) return say('desk.console');
  if (id === 'person') return say('desk.by_person');
  return names[id] ?? id;
}

/** The name of a role. */
export function roleName(role: Actor['role'], say: Say): string {
  return say(roleTexts[role]);
}

const roleTexts: Record<Actor['role'], string> = {
  person: 'desk.role.person',
  recruiter: 'desk.role.recruiter',
  reader: 'desk.role.reader',
  officer: 'desk.role.officer',
  administrator: 'desk.role.administrator',
  api: 'desk.role.api',
  system: 'desk.role.system',
};

function navigation(scene: DeskScene): Html {
  const { locale, path, say, session } = scene;
  const other: Locale = locale === 'sv' ? 'en' : 'sv';
  const [here, query] = (path ?? '').split('?');
  const link = (to: string, text: string) =>
    html`<a href="${to}"${here === to.split('?')[0] && html` aria-current="page"`}>${text}</a>\n`;
  const languages =
    path !== null &&
    html`<a href="${path}${query ? '&' : '?'}lang=${other}" hreflang="${other}" lang="${other}">${say('site.other_language')}</a>\n`;
  if (!session) return html`${languages}`;
  const { officer, queue } = session;
  return html`${link(here === '/desk' && path ? path : queue, say('desk.queue'))}${may(officer, 'officer') && link('/desk/new', say('desk.new'))}${link('/desk/figures', say('desk.figures'))}${
    may(officer, 'administrator') && link('/desk/audit', say('desk.audit'))
  }${languages}<span class="desk-officer">${signedInAs(officer, scene)}</span>
${deskForm(scene, '/desk/sign-out', html`<button class="plain-button">${say('desk.sign_out')}</button>`)}`;
}

function signedInAs(officer: Officer, scene: DeskScene): string {
  const name = officer.id === CONSOLE ? scene.say('desk.console') : officer.name || officer.id;
  return `${name}, ${roleName(officer.role, scene.say)}`;
}
