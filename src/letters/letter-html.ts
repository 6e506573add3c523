import { type Html, html } from '../pages/html.ts';
import type { Locale } from '../text/words.ts';
import type { Part } from './letter.ts';

/**
 * A letter as a whole HTML document. It names no colour of its own, so that it is read in the reader's, light or dark,
 * and loads nothing.
 */
export function letterHtml(heading: string, parts: readonly Part[], locale: Locale): string {
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${heading}</title>
<style>:root { color-scheme: light dark; }</style>
</head>
<body style="margin: 0; padding: 16px; font: 16px/1.5 system-ui, sans-serif;">
<main lang="${locale}" style="max-width: 40em; margin: 0 auto; overflow-wrap: anywhere;">
<h1 style="font-size: 1.3em; line-height: 1.3;">${unbroken(heading)}</h1>
${parts.map((part) => html`${partHtml(part)}\n`)}</main>
</body>
</html>
`.markup;
}

function partHtml(part: Part): Html {
  switch (part.is) {
    case 'paragraph':
      return html`<p>${unbroken(part.text)}</p>`;
    case 'words':
      return html`<p>${part.lead}<br>${lines(part.text)}</p>`;
    case 'facts':
      return html`<p>${part.lead ? html`${part.lead}<br>` : null}${between(
        part.facts.map(({ name, value }) => html`<strong>${name}:</strong> ${unbroken(value)}`),
      )}</p>`;
    case 'list':
      return html`<p>${part.lead}</p>
<ul>${part.items.map((item) => html`<li>${item}</li>`)}</ul>`;
    case 'code':
      return html`<p style="font-size: 1.8em; letter-spacing: .15em;"><strong>${part.code}</strong></p>`;
    case 'link':
      return html`<p>${part.text}<br><a href="${part.url}">${part.url}</a></p>`;
    case 'quote':
      return html`<blockquote lang="sv" style="margin: 1em 0; padding-left: 1em; border-left: 3px solid;">${lines(part.text)}</blockquote>`;
  }
}

// A ticket's number is read and copied as one word.
function unbroken(text: string): Html {
  const pieces = text.split(/\b(SA(?:-[0-9A-Z]{4}){2})\b/);
  return html`${pieces.map((piece, index) =>
    index % 2 === 0 ? piece : html`<span style="white-space: nowrap;">${piece}</span>`,
  )}`;
}

function lines(text: string): Html {
  return between(text.split('\n').map(unbroken));
}

function between(items: readonly Html[]): Html {
  return html`${items.map((item, index) => (index === 0 ? item : html`<br>\n${item}`))}`;
}
