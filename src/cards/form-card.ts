import { fieldsOf } from '../conversation/form.ts';
import { LONGEST_FIELD, LONGEST_LINE } from '../conversation/read-field.ts';
import { slotValue } from '../conversation/render.ts';
import type { Reply } from '../conversation/reply.ts';
import { requestType } from '../conversation/scene.ts';
import type { OpenRequest } from '../conversation/state.ts';
import { capitalised } from '../text/words.ts';
import { type Action, type Card, card, container, type Element, submit, textBlock } from './card.ts';
import { type CardScene, slotLabel, words } from './card-scene.ts';

/** A field's id in a card; `readFields` takes them back. */
const FIELD = 'slot_';

/** The request form: pre-filled, every field editable at once, with what is wrong beside the field. */
export function formCard(
  reply: Extract<Reply, { is: 'ask' }>,
  request: OpenRequest,
  question: string,
  scene: CardScene,
): Card {
  const isOptional = reply.slot === 'optional' || reply.slot === 'optional_again';
  const asked = isOptional ? 'form.optional_lead' : request.behalf ? 'form.behalf_lead' : null;
  const lead = reply.faults ? words('form.check', scene) : asked ? words(asked, scene) : question;
  return card(
    scene.state.locale,
    question,
    [
      textBlock(words(`request.${request.type}.title`, scene), {
        weight: 'Bolder',
        size: 'Medium',
        style: 'heading',
      }),
      textBlock(lead, reply.faults ? { color: 'Attention' } : {}),
      ...formFields(request, reply.faults ?? [], scene),
      textBlock(words('form.hint', scene), { size: 'Small' }),
    ],
    formActions(request, scene),
  );
}

/** A request's fields as inputs, pre-filled. */
export function formFields(
  request: OpenRequest,
  faults: NonNullable<Extract<Reply, { is: 'ask' }>['faults']>,
  scene: CardScene,
): Element[] {
  const type = requestType(request.type, scene.content);
  return fieldsOf(type).map((slot) => {
    const fault = faults.find((found) => found.slot === slot);
    const value = fault ? fault.given : shown(slot, request.slots[slot] ?? '', scene);
    const isRequired = type.required.includes(slot);
    const isOneOf = type.any_of.includes(slot);
    const items = [field(slot, value, { isRequired, isOneOf, isOfAnother: request.behalf }, scene)];
    if (fault)
      items.push(textBlock(words(fault.id, scene), { color: 'Attention', size: 'Small', spacing: 'None' }));
    return container('default', items);
  });
}

/** The buttons below a form. */
export function formActions(request: OpenRequest, scene: CardScene): Action[] {
  const { surface } = scene;
  return [
    submit(words('card.review', scene), { verb: 'form', form: request.key, act: 'review' }, surface, {
      style: 'positive',
    }),
    submit(words('card.cancel', scene), { verb: 'form', form: request.key, act: 'cancel' }, surface, {
      associatedInputs: 'none',
    }),
  ];
}

/** What stood in a card's fields, by slot. */
export function readFields(value: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([id, given]) =>
      id.startsWith(FIELD) && typeof given === 'string' ? [[id.slice(FIELD.length), given]] : [],
    ),
  );
}

// A country is kept by its code and written by its name; what is chosen from a list keeps its id.
function shown(slot: string, value: string, scene: CardScene): string {
  const { content, state } = scene;
  return content.slots[slot] === 'country' && value ? slotValue(slot, value, content, state.locale) : value;
}

function field(
  slot: string,
  value: string,
  { isRequired, isOneOf, isOfAnother }: { isRequired: boolean; isOneOf: boolean; isOfAnother: boolean },
  scene: CardScene,
): Element {
  const label = slot === 'name' && isOfAnother ? words('form.behalf_name', scene) : slotLabel(slot, scene);
  return {
    ...fieldInput(
      `${FIELD}${slot}`,
      slot,
      isRequired || isOneOf ? label : words('form.optional', scene, { slot: label }),
      value,
      scene,
    ),
    ...(isRequired ? { isRequired, errorMessage: words('form.required', scene) } : {}),
  };
}

/** An input for a slot's kind of value: a list where there is one to choose from, otherwise a text. */
export function fieldInput(
  id: string,
  slot: string,
  label: string,
  value: string,
  scene: CardScene,
): Element {
  const { content, state } = scene;
  const reader = content.slots[slot];
  const base = { id, label, ...(value ? { value } : {}) };
  if (reader === 'relation' || reader === 'channel') {
    const choices = Object.entries(content.replies[state.locale])
      .filter(([text]) => text.startsWith(`${reader}.`))
      .map(([text, title]) => ({ title: capitalised(title), value: text.slice(reader.length + 1) }));
    return {
      type: 'Input.ChoiceSet',
      ...base,
      style: 'compact',
      placeholder: words('form.choose', scene),
      choices,
    };
  }
  return {
    type: 'Input.Text',
    ...base,
    maxLength: reader === 'text' ? LONGEST_FIELD : LONGEST_LINE,
    ...(reader === 'text' ? { isMultiline: true } : {}),
    ...(reader === 'email' ? { style: 'Email' } : {}),
    ...(reader === 'phone' ? { style: 'Tel' } : {}),
  };
}
