import type { Content } from '../../content/content.ts';
import type { RequestType } from '../../content/dialogs-schema.ts';
import { fieldsOf } from '../../conversation/form.ts';
import { choicesOf, LONGEST_FIELD, LONGEST_LINE } from '../../conversation/read-field.ts';
import { type FilledIn, faultText } from '../../conversation/read-fields.ts';
import { slotValue } from '../../conversation/render.ts';
import { type Html, html } from '../../pages/html.ts';
import type { Say } from '../../pages/site-page.ts';
import type { Locale } from '../../text/words.ts';
import { capitalised } from '../../text/words.ts';

/** What the fields of a form are made from. */
export interface FieldScene {
  content: Content;
  locale: Locale;
  say: Say;
}

// What a browser may fill in by itself (HTML, 4.10.18.7).
const AUTOCOMPLETE: Readonly<Record<string, string>> = {
  name: 'name',
  email: 'email',
  phone: 'tel',
  country: 'country-name',
};

// Where the chat asks for one of two in one question, each field has a hint of its own.
const HINTS: Readonly<Record<string, string>> = {
  'email.marketing_opt_out': 'form_page.opt_out_email',
  'phone.marketing_opt_out': 'form_page.opt_out_phone',
  'email.human_contact': 'form_page.contact_email',
  'phone.human_contact': 'form_page.contact_phone',
};

/** All that is wrong with a form, at its top, each a link to its field; nothing where all is well. */
export function faultSummary(type: RequestType, filled: FilledIn, { content, say }: FieldScene): Html | null {
  if (filled.faults.size === 0) return null;
  return html`<div class="faults" id="faults" role="alert" tabindex="-1" autofocus aria-labelledby="faults-title">
<h2 id="faults-title">${say('form_page.faults')}</h2>
<ul>
${[...filled.faults].map(([slot, wrong]) => html`<li><a class="fault-link" href="#field-${slot}">${label(slot, say)}: ${say(faultText(slot, wrong, type, content))}</a></li>\n`)}</ul>
</div>
`;
}

/** The fields of a type's form, filled in, with what is wrong beside each. */
export function formFields(type: RequestType, filled: FilledIn, scene: FieldScene): Html {
  const { say } = scene;
  const one = type.any_of.length > 0 ? html`<p id="hint-one">${say('form.one_of')}</p>\n` : null;
  return html`${one}${fieldsOf(type).map((slot) => field(slot, type, filled, scene))}`;
}

/** What has been filled in, to be read through. */
export function filledList(slots: Readonly<Record<string, string>>, scene: FieldScene): Html {
  const { content, locale, say } = scene;
  const rows = Object.keys(content.slots).flatMap((slot) => {
    const value = slots[slot];
    return value
      ? [html`<div><dt>${label(slot, say)}</dt><dd>${slotValue(slot, value, content, locale)}</dd></div>\n`]
      : [];
  });
  return html`<dl class="filled">
${rows}</dl>`;
}

/** What has been filled in, carried on to the next page. */
export function hiddenFields(values: Readonly<Record<string, string>>): Html {
  return html`${Object.entries(values).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`,
  )}`;
}

/** A field with its label, what it is for and what is wrong with it, tied together for those who listen. */
function field(slot: string, type: RequestType, filled: FilledIn, scene: FieldScene): Html {
  const { content, say, locale } = scene;
  const wrong = filled.faults.get(slot);
  const fault = wrong && faultText(slot, wrong, type, content);
  const isOne = type.any_of.includes(slot);
  const isRequired = type.required.includes(slot);
  const asked = `ask.${slot}.${type.id}`;
  const hint = say(HINTS[`${slot}.${type.id}`] ?? (content.replies[locale][asked] ? asked : `ask.${slot}`));
  const described = [
    ...(fault ? [`fault-${slot}`] : []),
    `hint-${slot}`,
    ...(isOne ? ['hint-one'] : []),
  ].join(' ');
  const attributes = html`id="field-${slot}" name="${slot}" aria-describedby="${described}"${fault ? html` aria-invalid="true"` : null}${isRequired && html` aria-required="true"`}`;
  const name = label(slot, say);
  return html`<div class="field">
<label for="field-${slot}">${isRequired || isOne ? name : say('form.optional', { slot: name })}</label>
<p class="hint" id="hint-${slot}">${hint}</p>
${fault ? html`<p class="fault" id="fault-${slot}">${say(fault)}</p>\n` : null}${input(slot, filled.shown[slot] ?? '', attributes, scene)}
</div>
`;
}

function input(slot: string, value: string, attributes: Html, { content, say, locale }: FieldScene): Html {
  const reader = content.slots[slot];
  if (reader === 'relation' || reader === 'channel')
    return html`<select ${attributes}>
<option value="">${say('form.choose')}</option>
${choicesOf(reader, content).map(
  (choice) =>
    html`<option value="${choice}"${choice === value && html` selected`}>${capitalised(slotValue(reader, choice, content, locale))}</option>\n`,
)}</select>`;
  // A line break right behind the tag is left out by browsers.
  if (reader === 'text')
    return html`<textarea ${attributes} rows="4" maxlength="${LONGEST_FIELD}">\n${value}</textarea>`;
  const kind = reader === 'email' ? 'email' : reader === 'phone' ? 'tel' : 'text';
  // What was typed stands as it was; what is kept is a code.
  const shown =
    reader === 'country' && /^[A-Z]{2}$/.test(value) ? slotValue(slot, value, content, locale) : value;
  const list = `list-${slot}`;
  const listed = reader === 'brand';
  return html`<input ${attributes} type="${kind}" maxlength="${LONGEST_LINE}" autocomplete="${AUTOCOMPLETE[slot] ?? 'off'}"${listed && html` list="${list}"`} value="${shown}">${
    listed &&
    html`
<datalist id="${list}">
${content.brands.map(({ name }) => html`<option value="${name}"></option>\n`)}</datalist>`
  }`;
}

function label(slot: string, say: Say): string {
  return capitalised(say(`slot.${slot}`));
}
