import type { Content, Passage } from '../../content/content.ts';
import type { Advisory, Section } from '../../content/knowledge-schema.ts';
import { type Html, html } from '../../pages/html.ts';
import { passageMarkup } from '../../pages/passage-markup.ts';
import { inLanguage, type Say, sayIn, sitePage } from '../../pages/site-page.ts';
import type { Locale } from '../../text/words.ts';
import { readingHeaders } from './page-headers.ts';
import { pageRoutes } from './page-routes.ts';
import type { Routes } from './service.ts';
import type { StaticFiles } from './static-files.ts';

/** The routes of the notice's page: `/notice`, in English with `?lang=en`. */
export function noticeRoutes(content: Content, files: Pick<StaticFiles, 'url'>): Routes {
  return pageRoutes('/notice', readingHeaders, (locale) => noticePage(content, locale, files));
}

/** What the parts of one page share. */
interface Scene {
  content: Content;
  locale: Locale;
  say: Say;
}

/**
 * The whole notice in its own words, with an anchor for each section (`#retention`) and passage (`#retention-2`). What
 * is ours stands apart from it: advisories, permalinks and, in English, the reading aid of each passage.
 */
export function noticePage(content: Content, locale: Locale, files: Pick<StaticFiles, 'url'>): string {
  const say = sayIn(content, locale);
  const scene = { content, locale, say };
  const { inForce, name } = content.notice;
  const lang = locale === 'sv' ? null : html` lang="sv"`;
  const main = html`<div class="notice-head">
<h1>${say('notice_page.title')}</h1>
${inForce && html`<p class="in-force">${say('notice_page.in_force', { inForce: { day: inForce } })}</p>\n`}<p>${say('notice_page.lead')}</p>
${locale === 'en' && html`<p>${say('notice_page.aid_lead')}</p>\n`}<p><a class="button" href="${inLanguage('/chat', locale)}">${say('notice_page.ask')}</a></p>
</div>
<div class="notice-columns">
${tableOfContents(scene)}
<article class="notice" aria-label="${name[locale]}"${lang}>
${content.sections.map((section, index) => sectionMarkup(section, index, scene))}
<p class="notice-end">${content.notice.footer}</p>
</article>
</div>`;
  const title = `${say('notice_page.title')} – ${name[locale]}`;
  const description = say('notice_page.description');
  return sitePage({ locale, title, description, main, path: '/notice' }, content, files);
}

// Twice, for a narrow and for a wide window; the styles show one of them.
function tableOfContents({ content, locale, say }: Scene): Html {
  const list = html`<ol${locale === 'sv' ? null : html` lang="sv"`}>
${content.sections.map(({ id, title }) => html`<li><a href="#${id}">${title.replace(/:$/, '')}</a></li>\n`)}</ol>`;
  return html`<nav class="contents" aria-label="${say('notice_page.contents')}">
<details><summary>${say('notice_page.contents')}</summary>
${list}
</details>
<div class="contents-wide"><p>${say('notice_page.contents')}</p>
${list}
</div>
</nav>`;
}

function sectionMarkup(section: Section, index: number, scene: Scene): Html {
  const { contents } = scene.content.notice;
  const isTitled = section.passages[0]?.text.split('\n')[0] === section.title;
  const isAfterContents = index >= scene.content.sections.findIndex(({ id }) => id === contents.after);
  const about = scene.content.advisories.filter(({ sections }) => sections.includes(section.id));
  return html`<section id="${section.id}">
${!isTitled && html`<h2>${section.title}</h2>\n`}${about.map((advisory) => advisoryMarkup(advisory, scene))}${section.passages.map(
  ({ id }) => passageOf(id, section, scene),
)}${isAfterContents && html`<p class="back"><a href="#page-top">${scene.content.notice.back}</a></p>\n`}${section.id === contents.after && ownContents(scene)}</section>
`;
}

/** The notice's own list of contents. Its links led nowhere; here they lead to the sections. */
function ownContents({ content }: Scene): Html {
  const { title, lead } = content.notice.contents;
  return html`<h3>${title}</h3>
<p>${lead}</p>
<ul class="own-contents">
${content.sections.flatMap(({ id, aliases }) => aliases.map((alias) => html`<li><a href="#${id}">${alias}</a></li>\n`))}</ul>
`;
}

function passageOf(id: string, section: Section, scene: Scene): Html {
  const { content, locale, say } = scene;
  const passage = content.passages.get(id);
  if (!passage) return html``;
  const lang = locale === 'sv' ? null : html` lang="${locale}"`;
  const about = content.advisories.filter(({ passages }) => passages.includes(id));
  return html`<div class="passage" id="${id}">
${passageMarkup(passage.text, section.title)}
<a class="permalink" href="#${id}"${lang}><span aria-hidden="true">#</span><span class="unseen">${say('notice_page.permalink', { id })}</span></a>
</div>
${locale === 'en' && readingAid(passage, say)}${about.map((advisory) => advisoryMarkup(advisory, scene))}`;
}

function readingAid({ readingAid: aid }: Passage, say: Say): Html | false {
  return (
    aid !== '' &&
    html`<div class="reading-aid" lang="en">
<p class="label">${say('notice_page.aid')}</p>
<p>${aid}</p>
</div>
`
  );
}

function advisoryMarkup({ text, source, reviewed }: Advisory, { locale, say }: Scene): Html {
  return html`<aside class="advisory" lang="${locale}">
<p class="label">${say('notice_page.advisory')}</p>
<p>${text[locale]}</p>
<p class="source">${say('notice_page.source')} <a href="${source.url}" rel="noopener noreferrer">${source.title}</a>. ${say('notice_page.reviewed', { reviewed: { day: reviewed } })}</p>
</aside>
`;
}
