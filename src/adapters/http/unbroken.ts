import { type Html, html } from '../../pages/html.ts';

/** A text with one word in it, such as a request's number, that is never broken over two lines. */
export function unbroken(text: string, word: string): Html {
  const [before = '', ...after] = text.split(word);
  const rest = after.map((part) => html`<span class="unbroken">${word}</span>${part}`);
  return html`${before}${rest}`;
}
