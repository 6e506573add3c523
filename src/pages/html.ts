/** Finished HTML: nothing in it will be escaped again. Only the functions of this file make it. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What a template takes: texts and numbers are escaped, html is not, lists are joined, what is not there is nothing. */
export type HtmlPart = string | number | Html | null | undefined | false | readonly HtmlPart[];

/** HTML with everything put into it escaped, unless it is itself html. Values of attributes need quotes around them. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(
    strings.reduce((before, string, index) => before + markupOf(parts[index - 1] ?? '') + string),
  );
}

/** Markup that somebody else has made safe already, such as a rendered passage. */
export function safeHtml(markup: string): Html {
  return new Html(markup);
}

/** A text as HTML, fit for an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function markupOf(part: HtmlPart): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map(markupOf).join('');
  return escapeHtml(String(part));
}
