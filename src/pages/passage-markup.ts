import { Marked, type Tokens } from 'marked';
import { escapeHtml, type Html, html, safeHtml } from './html.ts';

// Some of the first lines of passages are headings of the original page, which its Markdown does not mark.
const LONGEST_HEADING = 120;

const markdown = new Marked({
  gfm: true,
  breaks: true,
  async: false,
  renderer: {
    html: ({ raw }) => escapeHtml(raw),
    image: ({ text }) => escapeHtml(text),
    link(token: Tokens.Link) {
      const words = this.parser.parseInline(token.tokens);
      // The original page's own links led nowhere but to its top, and a bare "www.…" is no link in it.
      const isBare = token.raw === token.text && !token.href.startsWith('mailto:');
      if (isBare || !/^(?:https?:\/\/|mailto:)/i.test(token.href)) return words;
      // An address that stands there in full needs no second mention on paper.
      const kind = token.text === token.href ? ' class="bare"' : '';
      return `<a href="${escapeHtml(token.href)}" rel="noopener noreferrer"${kind}>${words}</a>`;
    },
  },
});

/**
 * A passage's Markdown as HTML, every word as it stands. Its first line is a heading where it is the section's title
 * (`title`) or reads like a heading; raw HTML is shown, never run.
 */
export function passageMarkup(text: string, title: string): Html {
  const [first = '', ...rest] = text.split('\n');
  const body = rest.join('\n');
  if (first === title) return html`<h2>${first}</h2>\n${blocks(body)}`;
  return isHeading(first, body) ? html`<h3>${inline(first)}</h3>\n${blocks(body)}` : blocks(text);
}

function isHeading(line: string, body: string): boolean {
  return body !== '' && line.length <= LONGEST_HEADING && !/^[-*(]|[.:;,]$/.test(line);
}

// An item that is set in by one space belongs below the item before it, which Markdown takes for its equal.
function blocks(text: string): Html {
  return safeHtml(markdown.parse(text.replace(/^ +- /gm, '    - '), { async: false }).trim());
}

function inline(text: string): Html {
  return safeHtml(markdown.parseInline(text, { async: false }));
}
