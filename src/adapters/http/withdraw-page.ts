import { html } from '../../pages/html.ts';
import { languageLink, otherThan, sayIn } from '../../pages/site-page.ts';
import { hiddenFields } from './form-fields.ts';
import type { FormPage } from './request-form-page.ts';
import type { RequestParts } from './request-parts.ts';
import type { Opened } from './ticket-door.ts';
import { unbroken } from './unbroken.ts';

/** Asks once more before a request is taken back. */
export function withdrawPage({ found, locale, form, at }: Opened, { content }: RequestParts): FormPage {
  const { number, type } = found.ticket;
  const say = sayIn(content, locale);
  const title = say('own.withdraw_title');
  const about = say('own.withdraw_about', { title: { text: `request.${type}.title` }, number });
  const main = html`<div class="ticket">
<h1>${title}</h1>
<p>${unbroken(about, number)}</p>
<form method="post" action="${at('/withdraw')}">
${hiddenFields({ form })}<p class="actions"><button class="button">${say('own.withdraw_yes')}</button> <a class="button plain" href="${at()}">${say('own.withdraw_no')}</a></p>
</form>
</div>`;
  return { title, main, language: languageLink(at('/withdraw', { lang: otherThan(locale) }), locale, say) };
}
