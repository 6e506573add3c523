import type { Content } from '../../content/content.ts';
import { type Html, html } from '../../pages/html.ts';
import { inLanguage, languageButton, otherThan, type Say, sayIn } from '../../pages/site-page.ts';
import type { Locale } from '../../text/words.ts';
import { codeForm } from './code-form.ts';
import { hiddenFields } from './form-fields.ts';
import type { FormPage } from './request-form-page.ts';
import { unbroken } from './unbroken.ts';

/** Where the pages that find a ticket are. */
export const FIND = '/request/find';

/** What was typed to find a ticket, and by field the text of dialogs/ that says what is wrong with it. */
export interface Sought {
  number: string;
  email: string;
  faults: ReadonlyMap<'number' | 'email', string>;
}

/** What both pages are made from; `form` is the token of their forms. */
export interface FindFrame {
  content: Content;
  locale: Locale;
  form: string;
}

const FORM = 'page-find';

/** The page that asks for the number and the address. */
export function findPage(sought: Sought, { content, locale, form }: FindFrame): FormPage {
  const say = sayIn(content, locale);
  const title = say('own.find_title');
  const main = html`<div class="form-page">
<h1>${title}</h1>
<p>${say('own.find_about')}</p>
<form id="${FORM}" method="post" action="${inLanguage(FIND, locale)}" novalidate>
${hiddenFields({ form })}${field('number', sought, html`type="text" maxlength="40" autocomplete="off"`, say)}${field('email', sought, html`type="email" maxlength="200" autocomplete="email"`, say)}<p class="actions"><button class="button" name="act" value="find">${say('own.send_code')}</button></p>
</form>
</div>`;
  return { title, main, language: inOther(locale, 'edit', 'find', say) };
}

/** The page that takes the code; it says what was typed, and gives it back to be put right. */
export function codePage(
  { number, email }: Sought,
  fault: string | null,
  { content, locale, form }: FindFrame,
): FormPage {
  const say = sayIn(content, locale);
  const title = say('own.find_title');
  const action = inLanguage(FIND, locale);
  const hidden = { form, number, email };
  const main = html`<div class="form-page">
<h1>${title}</h1>
<p${!fault && html` role="status"`}>${unbroken(say('own.find_sent', { number, email }), number)}</p>
${codeForm({ id: FORM, action, hidden, fault }, say)}<p class="hint">${say('own.find_few')}</p>
<form method="post" action="${action}">
${hiddenFields(hidden)}<p class="actions"><button class="button plain" name="act" value="edit">${say('own.find_again')}</button></p>
</form>
</div>`;
  return { title, main, language: inOther(locale, 'wait', 'code', say) };
}

function field(name: 'number' | 'email', { faults, ...typed }: Sought, kind: Html, say: Say): Html {
  const fault = faults.get(name);
  const isFirst = fault && name === [...faults.keys()][0];
  return html`<div class="field">
<label for="field-${name}">${say(LABELS[name])}</label>
<p class="hint" id="hint-${name}">${say(HINTS[name])}</p>
${fault ? html`<p class="fault" id="fault-${name}" role="alert">${say(fault)}</p>\n` : null}<input id="field-${name}" name="${name}" ${kind} aria-required="true" aria-describedby="${fault ? `fault-${name} ` : ''}hint-${name}"${fault && html` aria-invalid="true"`}${isFirst && html` autofocus`} value="${typed[name]}">
</div>
`;
}

const LABELS = { number: 'own.find_number', email: 'own.find_email' } as const;
const HINTS = { number: 'own.find_number_about', email: 'own.find_email_about' } as const;

function inOther(locale: Locale, act: string, own: string, say: Say): Html {
  return languageButton({ form: FORM, action: inLanguage(FIND, otherThan(locale)), act, own }, locale, say);
}
