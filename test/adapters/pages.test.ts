import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { careersPage, careersRoutes } from '../../src/adapters/http/careers-page.ts';
import { noticePage, noticeRoutes } from '../../src/adapters/http/notice-page.ts';
import { readContent } from '../../src/content/content.ts';
import { escapeHtml, html } from '../../src/pages/html.ts';
import { passageMarkup } from '../../src/pages/passage-markup.ts';
import { ROOT } from '../../src/paths.ts';
import type { Locale } from '../../src/text/words.ts';
import { serve } from './some-server.ts';

const content = readContent(ROOT);
const files = { url: (name: string) => `/assets/${name}` };
const locales: readonly Locale[] = ['sv', 'en'];
const notice = { sv: noticePage(content, 'sv', files), en: noticePage(content, 'en', files) };
const careers = {
  sv: careersPage(content, 'sv', files, 'https://chat.example.com'),
  en: careersPage(content, 'en', files, null),
};
const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();
const unescapeHtml = (text: string) =>
  text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/&(quot|lt|gt|amp);/g, (_, name: string) => ({ quot: '"', lt: '<', gt: '>' })[name] ?? '&');
const textOf = (markup: string) =>
  squeeze(
    unescapeHtml(markup.replace(/<\/?(?:a|strong|em|span|code)\b[^>]*>/g, '').replace(/<[^>]+>/g, ' ')),
  );

/** The part of a page that is the notice: without what stands beside it. */
function noticePart(page: string): string {
  const article = /<article[\s\S]*<\/article>/.exec(page)?.[0] ?? '';
  return article
    .replace(/<aside[\s\S]*?<\/aside>/g, '')
    .replace(/<div class="reading-aid"[\s\S]*?<\/div>/g, '')
    .replace(/<a class="permalink"[\s\S]*?<\/a>/g, '');
}

/** The original without its Markdown marks. */
function originalWords(): string {
  const original = readFileSync(join(ROOT, 'knowledge', 'original.txt'), 'utf8');
  return squeeze(
    original
      .replace(/\[((?:\\.|[^\]\\])*)\]\([^)]*\)/g, '$1')
      .replace(/<(https?:[^>]+)>/g, '$1')
      .replace(/^ *- /gm, '')
      .replace(/\*\*/g, '')
      .replace(/\\([()])/g, '$1'),
  );
}

describe('html', () => {
  it('escapes what is put into it, unless it is html', () => {
    const name = `<b title="x">O'Neill & co</b>`;
    const inner = html`<i>${name}</i>`;
    expect(html`<p title="${name}">${inner}${[html`<br>`, '<', 1]}${null}${false}</p>`.markup).to.equal(
      `<p title="${escapeHtml(name)}"><i>${escapeHtml(name)}</i><br>&#60;1</p>`,
    );
    expect(escapeHtml(name)).to.not.match(/[<>"']/);
  });
});

describe('a passage on the page', () => {
  const markup = (text: string) => passageMarkup(text, 'Title').markup;

  it('shows raw HTML and runs none', () => {
    const shown = markup('a <img src=x onerror=alert(1)> b\n\n<script>alert(2)</script>');
    expect(shown).to.not.match(/<(?:img|script)/);
    expect(textOf(shown))
      .to.include('<img src=x onerror=alert(1)>')
      .and.to.include('<script>alert(2)</script>');
  });

  it('keeps real links and makes text of the others', () => {
    expect(markup('[here](#)')).to.equal('<p>here</p>');
    expect(markup('[here](javascript:alert(1))')).to.equal('<p>here</p>');
    expect(markup('![here](https://example.com/x.png)')).to.equal('<p>here</p>');
    expect(markup('www.example.com')).to.equal('<p>www.example.com</p>');
    expect(markup('<https://example.com/?a=1&b="2">')).to.match(
      /^<p><a href="https:\/\/example\.com\/\?a=1[^"]*" rel="noopener noreferrer" class="bare">/,
    );
    expect(markup('[here](https://example.com/)')).to.equal(
      '<p><a href="https://example.com/" rel="noopener noreferrer">here</a></p>',
    );
    expect(markup('anna@example.se')).to.include('href="mailto:anna@example.se"');
  });

  it('has a heading where its first line reads like one', () => {
    expect(markup('Title\ntext')).to.match(/^<h2>Title<\/h2>/);
    expect(markup('Why?\ntext')).to.match(/^<h3>Why\?<\/h3>/);
    for (const text of ['Why?', 'Such as:\n- one', '- one\n- two', '(i) one\n(ii) two'])
      expect(markup(text), text).to.not.include('<h');
  });

  it('keeps lines apart and lists within lists', () => {
    expect(markup('Street 1,\nCity')).to.equal('<p>Street 1,<br>City</p>');
    expect(markup('- one:\n - a\n - b')).to.match(/<li>one:\s*<ul>\s*<li>a<\/li>\s*<li>b<\/li>/);
  });
});

describe('the page of the notice', () => {
  for (const locale of locales)
    it(`has every word of the notice and no other in it (${locale})`, () => {
      expect(textOf(noticePart(notice[locale]))).to.equal(originalWords());
    });

  for (const locale of locales)
    it(`has an anchor for each section and passage, and no id twice (${locale})`, () => {
      const ids = [...notice[locale].matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(ids).to.have.lengthOf(new Set(ids).size);
      expect(ids).to.include.members([...content.passages.keys(), ...content.sections.map(({ id }) => id)]);
      for (const [, target] of notice[locale].matchAll(/href="#([^"]+)"/g)) expect(ids).to.include(target);
    });

  it('links each passage to itself', () => {
    for (const id of content.passages.keys())
      expect(notice.sv).to.match(
        new RegExp(`<a class="permalink" href="#${id}">.*?Länk till stycket ${id}<`),
      );
  });

  it('shows the date it is in force from, where it is known', () => {
    expect(notice.sv).to.include('<p class="in-force">I kraft från 24 augusti 2018</p>');
    const undated = { ...content, notice: { ...content.notice, inForce: null } };
    expect(noticePage(undated, 'sv', files)).to.not.include('in-force');
  });

  it('has each advisory beside what it concerns, with its source and the day it was reviewed', () => {
    for (const locale of locales)
      for (const { text, source, sections, passages } of content.advisories)
        for (const place of [...sections, ...passages]) {
          const from = notice[locale].slice(notice[locale].indexOf(` id="${place}"`));
          const aside = /<aside[\s\S]*?<\/aside>/.exec(from);
          // Nothing but the heading, or the passage itself, stands between.
          expect(from.slice(1, aside?.index), place).to.not.include(' id="');
          expect(textOf(aside?.[0] ?? ''), place)
            .to.include(squeeze(text[locale]))
            .and.to.match(/(?:Kontrollerad 23 november|Reviewed 23 November) 2026\.$/);
          expect(aside?.[0]).to.include(`href="${source.url}" rel="noopener noreferrer"`);
        }
    const wanted = content.advisories.flatMap(({ sections, passages }) => [...sections, ...passages]);
    expect(notice.sv.match(/<aside/g)).to.have.lengthOf(wanted.length);
  });

  it('is Swedish within an English page, with the reading aid of each passage set apart', () => {
    expect(notice.en)
      .to.include('<html lang="en">')
      .and.to.match(/<article [^>]*lang="sv">/);
    const aids = [...notice.en.matchAll(/<div class="reading-aid" lang="en">([\s\S]*?)<\/div>/g)];
    const words = aids.map(([, markup = '']) => textOf(markup).replace('Reading aid, unofficial ', ''));
    expect(words).to.deep.equal([...content.passages.values()].map(({ readingAid }) => squeeze(readingAid)));
    expect(notice.sv).to.not.include('reading-aid');
  });
});

describe('the careers page', () => {
  it('has the widget on it, and says that it is a demonstration', () => {
    for (const locale of locales)
      expect(careers[locale]).to.match(/<script src="\/widget\.js" [^>]*defer><\/script>\n<\/head>/);
    expect(careers.sv).to.include('Det här är en demonstration.');
    expect(careers.en).to.include('This is a demonstration.');
  });

  it('gives the code for another site with the address of this one, where it is known', () => {
    expect(textOf(careers.sv)).to.include(
      '<script src="https://chat.example.com/widget.js" data-color="#0b5d5e"',
    );
    expect(textOf(careers.en)).to.include('src="https://chat.example.com/widget.js"');
    for (const attribute of ['data-lang', 'data-color', 'data-position', 'data-title'])
      expect(careers.sv).to.include(`<code>${attribute}</code>`);
  });
});

describe('all pages', () => {
  const pages = { notice, careers };

  it('lead to a request and to one that is there already, in their language', () => {
    for (const [name, page] of Object.entries(pages))
      for (const [locale, query] of [
        ['sv', ''],
        ['en', '?lang=en'],
      ] as const)
        for (const path of ['/request', '/request/find'])
          expect(page[locale], name).to.include(`href="${path}${query}"`);
    for (const path of ['/request', '/request/find'])
      expect(careers.sv).to.match(new RegExp(`<p class="ways">.*href="${path}"`));
  });

  it('hold no style or script of their own, and load only files of ours', () => {
    for (const [name, page] of Object.entries(pages))
      for (const markup of Object.values(page)) {
        expect(markup, name).to.not.match(/<style|\sstyle=|\son\w+="|<script(?! src=)|javascript:/);
        for (const [, source = ''] of markup.matchAll(/<(?:script|link)[^>]* (?:src|href)="([^"]*)"/g))
          expect(source, name).to.match(/^(?:\/(?!\/)|data:,)/);
      }
  });

  it('begin with a way past the header, and have one main and one h1', () => {
    for (const [name, page] of Object.entries(pages))
      for (const markup of Object.values(page)) {
        expect(markup, name).to.match(/<body[^>]*>\n<a class="skip" href="#page-main">/);
        for (const once of ['<main id="page-main"', '<h1', '<header', '<footer', '<title>'])
          expect(markup.split(once), `${name} ${once}`).to.have.lengthOf(2);
      }
  });

  describe('over HTTP', () => {
    let server: Awaited<ReturnType<typeof serve>>;
    before(async () => {
      server = await serve(
        noticeRoutes(content, files),
        careersRoutes(content, files, () => null),
      );
    });
    after(() => server.close());
    const ask = (path: string, init: RequestInit = {}) => fetch(`${server.at}${path}`, init);

    for (const path of ['/', '/notice']) {
      it(`${path} runs and loads nothing but our own, is asked for anew and may be found`, async () => {
        const { status, headers } = await ask(path);
        expect(status).to.equal(200);
        const policy = headers.get('content-security-policy') ?? '';
        expect(policy)
          .to.include("default-src 'none'")
          .and.to.include("style-src 'self'")
          .and.to.include("frame-ancestors 'self'")
          .and.to.include("base-uri 'none'")
          .and.to.not.match(/unsafe|\*|https?:/);
        expect(policy.includes("script-src 'self'")).to.equal(path === '/');
        expect(headers.get('x-content-type-options')).to.equal('nosniff');
        expect(headers.get('referrer-policy')).to.equal('strict-origin-when-cross-origin');
        expect(headers.get('cache-control')).to.equal('no-cache');
        expect(headers.get('x-robots-tag')).to.equal(null);
        expect(headers.get('content-type')).to.equal('text/html; charset=utf-8');
      });

      it(`${path} is in the language that is asked for, Swedish otherwise, and leads to the other`, async () => {
        for (const [query, lang, other] of [
          ['', 'sv', `${path}?lang=en`],
          ['?lang=sv', 'sv', `${path}?lang=en`],
          ['?lang=en', 'en', path],
          ['?lang=de', 'sv', `${path}?lang=en`],
          ['?lang=en&lang=sv', 'sv', `${path}?lang=en`],
          ['?%E0%A4%A', 'sv', `${path}?lang=en`],
        ]) {
          const response = await ask(`${path}${query}`);
          const markup = await response.text();
          expect(response.headers.get('content-language'), query).to.equal(lang);
          expect(markup, query)
            .to.include(`<html lang="${lang}">`)
            .and.to.include(`<a href="${other}" hreflang`);
        }
      });

      it(`${path} is not sent again where it has not changed, and HEAD sends none of it`, async () => {
        const etag = (await ask(path)).headers.get('etag') ?? '';
        const same = await ask(path, { headers: { 'if-none-match': etag } });
        expect([same.status, await same.text()]).to.deep.equal([304, '']);
        expect((await ask(`${path}?lang=en`, { headers: { 'if-none-match': etag } })).status).to.equal(200);
        const head = await ask(path, { method: 'HEAD' });
        expect([head.status, head.headers.get('etag'), await head.text()]).to.deep.equal([200, etag, '']);
      });

      it(`${path} comes compressed`, async () => {
        const plain = await ask(path, { headers: { 'accept-encoding': 'identity' } });
        const packed = await ask(path, { headers: { 'accept-encoding': 'br' } });
        expect(packed.headers.get('content-encoding')).to.equal('br');
        expect(Number(packed.headers.get('content-length'))).to.be.below(
          Number(plain.headers.get('content-length')) / 2,
        );
        expect(await packed.text()).to.equal(await plain.text());
      });
    }

    it('is 404 for what is no page', async () => {
      for (const path of ['/notices', '/notice/retention-2', '/index.html'])
        expect((await ask(path)).status, path).to.equal(404);
      expect((await ask('/notice', { method: 'POST' })).status).to.equal(405);
    });
  });
});
