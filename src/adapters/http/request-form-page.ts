import type { Content } from '../../content/content.ts';
import type { RequestType } from '../../content/dialogs-schema.ts';
import type { FilledIn } from '../../conversation/read-fields.ts';
import { type Html, html } from '../../pages/html.ts';
import { inLanguage, languageButton, otherThan, type Say, sayIn } from '../../pages/site-page.ts';
import type { Locale } from '../../text/words.ts';
import { type FieldScene, faultSummary, filledList, formFields, hiddenFields } from './form-fields.ts';

/** A page of the form, and what is shown on it. */
export interface FormPage {
  title: string;
  main: Html;
  /** The way to the same page in the other language. */
  language?: Html;
}

/** The page that asks what is wanted. */
export function choosePage(content: Content, locale: Locale): FormPage {
  const say = sayIn(content, locale);
  const title = say('form_page.choose_title');
  const main = html`<div class="form-page">
<h1>${title}</h1>
<p>${say('form_page.choose_lead')}</p>
<ul class="types">
${[...content.requests.keys()].map(
  (type) =>
    html`<li><a class="type-name" href="${inLanguage(`/request/new/${type}`, locale)}">${say(`request.${type}.title`)}</a><p>${say(`request.${type}.about`)}</p></li>\n`,
)}</ul>
<p><a href="${inLanguage('/request/find', locale)}">${say('form_page.find')}</a></p>
</div>`;
  return { title, main };
}

const FORM = 'page-form';

/** Where a form is sent, its token, and what is told above it. */
export interface FormFrame {
  locale: Locale;
  content: Content;
  /** The address it is sent to, by language. */
  action(locale: Locale): string;
  token: string;
  /** What is carried along besides the fields. */
  carried?: Readonly<Record<string, string>>;
  /** The text of dialogs/ that is told above the form, if any. */
  notice?: string | null;
}

/** A form to fill in: a new request, or one that is changed. */
export function fillPage(
  type: RequestType,
  filled: FilledIn,
  frame: FormFrame,
  texts: { title: string; lead: string; button: string; act: string },
): FormPage {
  const scene = sceneOf(frame);
  const { say } = scene;
  const isWrong = filled.faults.size > 0;
  const main = html`<div class="form-page">
${isWrong ? faultSummary(type, filled, scene) : null}${notices(filled, frame, say)}<h1>${texts.title}</h1>
<p>${texts.lead}</p>
<p class="hint">${say('form_page.no_personal_number')}</p>
<form id="${FORM}" method="post" action="${frame.action(frame.locale)}" novalidate>
${hiddenFields({ form: frame.token, ...frame.carried })}${formFields(type, filled, scene)}<p class="actions"><button class="button" name="act" value="${texts.act}">${texts.button}</button></p>
</form>
</div>`;
  const title = isWrong ? say('form_page.fault_before_title', { title: texts.title }) : texts.title;
  return { title, main, language: inOther(frame, 'edit', texts.act, say) };
}

/** What has been filled in, to be read through before it is sent. */
export function reviewPage(type: RequestType, filled: FilledIn, frame: FormFrame): FormPage {
  const scene = sceneOf(frame);
  const { say } = scene;
  const title = say('form_page.review_title', { title: { text: `request.${type.id}.title` } });
  const main = html`<div class="form-page">
${notices(filled, frame, say)}<h1>${title}</h1>
<p>${say('form_page.review_lead')}</p>
${filledList(filled.slots, scene)}
<form id="${FORM}" method="post" action="${frame.action(frame.locale)}">
${hiddenFields({ form: frame.token, ...filled.shown })}<p class="actions"><button class="button" name="act" value="send">${say('card.send')}</button>
<button class="button plain" name="act" value="edit">${say('card.edit')}</button></p>
</form>
</div>`;
  return { title, main, language: inOther(frame, 'review', 'send', say) };
}

function inOther({ action, locale }: FormFrame, act: string, own: string, say: Say): Html {
  return languageButton({ form: FORM, action: action(otherThan(locale)), act, own }, locale, say);
}

function sceneOf({ content, locale }: FormFrame): FieldScene {
  return { content, locale, say: sayIn(content, locale) };
}

function notices(filled: FilledIn, frame: FormFrame, say: Say): Html {
  const ids = [...(frame.notice ? [frame.notice] : []), ...(filled.masked ? ['notice.personal_number'] : [])];
  return html`${ids.map((id) => html`<p class="told" role="status">${say(id)}</p>\n`)}`;
}
