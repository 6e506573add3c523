import type { Content } from '../../content/content.ts';
import { type Html, html } from '../../pages/html.ts';
import { inLanguage, type Say, sayIn, sitePage } from '../../pages/site-page.ts';
import type { Locale } from '../../text/words.ts';
import { chattingHeaders } from './page-headers.ts';
import { pageRoutes } from './page-routes.ts';
import type { Routes } from './service.ts';
import type { StaticFiles } from './static-files.ts';

// The invented vacancies: what, where and how much, and what for.
const JOBS = [
  ['careers.welder', 'careers.welder_place', 'careers.welder_about'],
  ['careers.payroll', 'careers.payroll_place', 'careers.payroll_about'],
  ['careers.support', 'careers.support_place', 'careers.support_about'],
  ['careers.warehouse', 'careers.warehouse_place', 'careers.warehouse_about'],
] as const;

// What the widget takes: attribute, values, meaning.
const ATTRIBUTES = [
  ['data-lang', 'careers.lang_value', 'careers.lang'],
  ['data-color', 'careers.color_value', 'careers.color'],
  ['data-position', 'careers.position_value', 'careers.position'],
  ['data-title', 'careers.title_value', 'careers.widget_title'],
] as const;

/** The colour of the site, with which it has the widget drawn. */
const COLOR = '#0b5d5e';

/** The routes of the careers page, `/`; `address` gives the one that people reach the service at, where it is known. */
export function careersRoutes(
  content: Content,
  files: Pick<StaticFiles, 'url'>,
  address: () => string | null,
): Routes {
  return pageRoutes('/', chattingHeaders, (locale) => careersPage(content, locale, files, address()));
}

/** A made-up site with vacancies that has the chat on it, and tells how to put it on another. */
export function careersPage(
  content: Content,
  locale: Locale,
  files: Pick<StaticFiles, 'url'>,
  address: string | null,
): string {
  const say = sayIn(content, locale);
  const main = html`<p class="demonstration">${say('careers.demonstration')}</p>
<div class="hero">
<h1>${say('careers.title')}</h1>
<p>${say('careers.lead')}</p>
</div>
<section aria-labelledby="page-jobs">
<h2 id="page-jobs">${say('careers.jobs')}</h2>
<ul class="cards">
${JOBS.map(([job, place, about]) => html`<li><h3>${say(job)}</h3><p class="place">${say(place)}</p><p>${say(about)}</p></li>\n`)}</ul>
</section>
<section class="ask" aria-labelledby="page-ask">
<h2 id="page-ask">${say('careers.ask')}</h2>
<p>${say('careers.ask_lead')}</p>
<ul class="questions">
${['careers.ask_first', 'careers.ask_second', 'careers.ask_third'].map((id) => html`<li>${say(id)}</li>\n`)}</ul>
<p class="ways"><a href="${inLanguage('/notice', locale)}">${say('careers.read')}</a> <a href="${inLanguage('/chat', locale)}">${say('careers.open')}</a> <a href="${inLanguage('/request', locale)}">${say('site.request')}</a> <a href="${inLanguage('/request/find', locale)}">${say('site.find')}</a></p>
</section>
${embedding(say, address ?? say('careers.example_host'))}`;
  const scripts = html`<script src="${files.url('copy.js')}" defer></script>
<script src="/widget.js" data-color="${COLOR}" data-position="right" defer></script>
`;
  const description = say('careers.description');
  const site = say('careers.name');
  const title = `${say('careers.title')} – ${site}`;
  return sitePage({ locale, title, site, description, main, path: '/', scripts }, content, files);
}

function embedding(say: Say, address: string): Html {
  const script = new URL('/widget.js', address).href;
  const code = `<script src="${script}" data-color="${COLOR}" data-position="right" defer></script>`;
  return html`<section class="embed" aria-labelledby="page-embed">
<h2 id="page-embed">${say('careers.embed')}</h2>
<p>${say('careers.embed_lead')}</p>
<pre><code id="page-code">${code}</code></pre>
<p class="copy"><button type="button" class="button" hidden data-copies="page-code" data-status="page-copied" data-done="${say('careers.copied')}">${say('careers.copy')}</button> <span id="page-copied" role="status"></span></p>
<h3>${say('careers.attributes')}</h3>
<dl class="attributes">
${ATTRIBUTES.map(
  ([name, value, meaning]) =>
    html`<div><dt><code>${name}</code> <span>${say(value)}</span></dt><dd>${say(meaning)}</dd></div>\n`,
)}</dl>
<p>${say('careers.policy')}</p>
</section>`;
}
