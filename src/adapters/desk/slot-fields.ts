import { choicesOf, LONGEST_FIELD, LONGEST_LINE } from '../../conversation/read-field.ts';
import { slotValue } from '../../conversation/render.ts';
import { type Html, html } from '../../pages/html.ts';
import { capitalised } from '../../text/words.ts';
import type { DeskScene } from './desk-page.ts';
import { slotLabel } from './labels.ts';

/** What an officer has filled in for a person: what stands in each field, and by field the id of what is wrong. */
export interface Filled {
  shown: Readonly<Record<string, string>>;
  faults: ReadonlyMap<string, string>;
}

/** What stands in the fields of a form that hold slots, `slot-…`, by slot. */
export function slotsTyped(form: Readonly<Record<string, string>>): Record<string, string> {
  const given = Object.entries(form).filter(([name]) => name.startsWith('slot-'));
  return Object.fromEntries(given.map(([name, text]) => [name.slice('slot-'.length), text]));
}

/** A field for a slot, with what is wrong beside it; `hint` says more where there is more to say. */
export function slotField(slot: string, filled: Filled, scene: DeskScene, hint: string | null = null): Html {
  const { content, say } = scene;
  const label = slot === 'details' ? say('file.details') : slotLabel(slot, content, say);
  return labelled(`slot-${slot}`, label, filled.faults.get(slot) ?? null, hint, scene, (attributes) =>
    input(slot, filled.shown[slot] ?? '', attributes, scene),
  );
}

/** A label, what is wrong and a hint, tied to a field of a name. */
export function labelled(
  name: string,
  label: string,
  fault: string | null,
  hint: string | null,
  { say }: Pick<DeskScene, 'say'>,
  field: (attributes: Html) => Html,
): Html {
  const described = [...(fault ? [`fault-${name}`] : []), ...(hint ? [`hint-${name}`] : [])].join(' ');
  const attributes = html`id="${name}" name="${name}"${described && html` aria-describedby="${described}"`}${fault && html` aria-invalid="true"`}`;
  return html`<div class="desk-field">
<label for="${name}">${capitalised(label)}</label>
${hint && html`<p class="hint" id="hint-${name}">${hint}</p>\n`}${fault && html`<p class="desk-fault" id="fault-${name}">${say(fault)}</p>\n`}${field(attributes)}
</div>
`;
}

/** A list to choose from. */
export function selectField(
  attributes: Html,
  chosen: string,
  options: readonly (readonly [string, string])[],
): Html {
  return html`<select ${attributes}>
${options.map(([value, text]) => html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>\n`)}</select>`;
}

function input(slot: string, value: string, attributes: Html, { content, locale, say }: DeskScene): Html {
  const reader = content.slots[slot] ?? 'text';
  if (reader === 'relation' || reader === 'channel')
    return selectField(attributes, value, [
      ['', say('form.choose')],
      ...choicesOf(reader, content).map((each) => [each, slotValue(reader, each, content, locale)] as const),
    ]);
  if (reader === 'text')
    return html`<textarea ${attributes} rows="4" maxlength="${LONGEST_FIELD}">\n${value}</textarea>`;
  const kind = reader === 'email' ? 'email' : reader === 'phone' ? 'tel' : 'text';
  // What was typed stands as it was; what is kept is a code.
  const shown =
    reader === 'country' && /^[A-Z]{2}$/.test(value) ? slotValue(slot, value, content, locale) : value;
  return html`<input ${attributes} type="${kind}" maxlength="${LONGEST_LINE}" autocomplete="off" value="${shown}">`;
}
