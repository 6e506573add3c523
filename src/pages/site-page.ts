import type { Content } from '../content/content.ts';
import { fillText } from '../conversation/render.ts';
import type { Locale } from '../text/words.ts';
import { type Html, html } from './html.ts';
import type { PageFiles } from './page-files.ts';

/** What is particular to a page; the rest is the same on all of them. */
export interface SitePage {
  locale: Locale;
  title: string;
  /** The name of the site, where it is not the assistant's own. */
  site?: string;
  /** What search engines show of it. */
  description?: string;
  main: Html;
  /** The path of the page where it exists in the other language too. */
  path?: string;
  /** The way to the other language, where that is not the path alone. */
  language?: Html;
  /** What the page loads after its styles. */
  scripts?: Html;
  /** Where the name of the site leads, where that is not the start page. */
  home?: string;
  /** The way to the other pages, where it is not the site's own. */
  navigation?: Html;
  /** The last line, where it is not the assistant's own. */
  footer?: string;
}

/** The text of a page in a language by its id. */
export type Say = (id: string, values?: Parameters<typeof fillText>[1]) => string;

/** Reads the texts of dialogs/pages in one language. */
export function sayIn(content: Content, locale: Locale): Say {
  return (id, values = {}) => fillText(id, values, content, locale);
}

/** The address of a page in a language; Swedish is what it has without being asked. */
export function inLanguage(path: string, locale: Locale): string {
  return locale === 'sv' ? path : `${path}?lang=${locale}`;
}

/** A whole page: head, header with the way to the other pages, main and footer. */
export function sitePage(page: SitePage, content: Content, files: PageFiles): string {
  const { locale } = page;
  const say = sayIn(content, locale);
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title}</title>
${page.description ? html`<meta name="description" content="${page.description}">\n` : null}<link rel="icon" href="data:,">
<link rel="stylesheet" href="${files.url('site.css')}">
${page.scripts ?? null}</head>
<body id="page-top">
<a class="skip" href="#page-main">${say('site.skip')}</a>
<header class="site-header">
<a class="brand" href="${page.home ?? inLanguage('/', locale)}">${page.site ?? say('site.name')}</a>
<nav aria-label="${say('site.navigation')}">
${page.navigation ?? siteLinks(page, say)}</nav>
</header>
<main id="page-main" tabindex="-1">
${page.main}
</main>
<footer class="site-footer">
<p>${page.footer ?? say('site.footer')}</p>
</footer>
</body>
</html>
`.markup;
}

/** The language that a page is not in. */
export function otherThan(locale: Locale): Locale {
  return locale === 'sv' ? 'en' : 'sv';
}

/** A link to the same page in the other language. */
export function languageLink(address: string, locale: Locale, say: Say): Html {
  const other = otherThan(locale);
  return html`<a href="${address}" hreflang="${other}" lang="${other}">${say('site.other_language')}</a>\n`;
}

/** A form that is shown in the other language with all that has been typed into it. */
export interface FormInOther {
  /** The id of the form's element. */
  form: string;
  /** Where it is sent, in the other language, and what is to be done with it there. */
  action: string;
  act: string;
  /** What the form's own button does. */
  own: string;
}

/** A button, outside of its form, that shows the form in the other language. */
export function languageButton({ form, action, act, own }: FormInOther, locale: Locale, say: Say): Html {
  // The return key presses the first button of a form, which is to be the form's own.
  return html`<button form="${form}" name="act" value="${own}" class="unseen" tabindex="-1" aria-hidden="true"></button>
<button form="${form}" formaction="${action}" name="act" value="${act}" class="language" lang="${otherThan(locale)}">${say('site.other_language')}</button>
`;
}

// The site's own pages, in the order in which people need them.
const PAGES = [
  ['/notice', 'site.notice'],
  ['/request', 'site.request'],
  ['/request/find', 'site.find'],
] as const;

function siteLinks({ locale, path, language }: SitePage, say: Say): Html {
  const links = PAGES.map(
    ([page, id]) =>
      html`<a href="${inLanguage(page, locale)}"${path === page && html` aria-current="page"`}>${say(id)}</a>\n`,
  );
  const own = path && languageLink(inLanguage(path, otherThan(locale)), locale, say);
  return html`${links}${language ?? own}`;
}
