import type { FieldFault } from '../conversation/reply.ts';
import { dayOf, HOME_ZONE } from '../tickets/calendar.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { type Card, card, container, type Element, submit, textBlock } from './card.ts';
import { type CardScene, slotLabel, words } from './card-scene.ts';
import { fieldInput } from './form-card.ts';

/** What the form by which a recruiter files a request for somebody else is filled with. */
export interface FileForm {
  /** Its id: it makes one ticket, however often it is sent. */
  id: string;
  type: string;
  slots: Readonly<Record<string, string>>;
  /** YYYY-MM-DD and HH:MM, in Stockholm. */
  day: string;
  time: string;
}

const SLOTS = ['name', 'email', 'phone', 'country', 'relation'] as const;

/** The form for a request that reached a recruiter by word of mouth or on paper, with what is wrong beside a field. */
export function fileCard(form: FileForm, faults: readonly FieldFault[], scene: CardScene): Card {
  const { content } = scene;
  const fault = (slot: string): Element[] => {
    const found = faults.find((each) => each.slot === slot);
    return found
      ? [textBlock(words(found.id, scene), { color: 'Attention', size: 'Small', spacing: 'None' })]
      : [];
  };
  const types = [...content.requests.keys()].map((id) => ({
    title: words(`request.${id}.title`, scene),
    value: id,
  }));
  const body: Element[] = [
    textBlock(words('file.lead', scene)),
    container('default', [
      {
        type: 'Input.ChoiceSet',
        id: 'type',
        label: words('file.type', scene),
        style: 'compact',
        isRequired: true,
        errorMessage: words('form.required', scene),
        placeholder: words('form.choose', scene),
        ...(form.type ? { value: form.type } : {}),
        choices: types,
      },
      ...fault('type'),
    ]),
    ...SLOTS.map((slot) =>
      container('default', [
        fieldInput(slot, slot, slotLabel(slot, scene), form.slots[slot] ?? '', scene),
        ...fault(slot),
      ]),
    ),
    container('default', [
      fieldInput('details', 'message', words('file.details', scene), form.slots.details ?? '', scene),
      ...fault('details'),
    ]),
    container('default', [
      {
        type: 'Input.Date',
        id: 'day',
        label: words('file.day', scene),
        value: form.day,
        isRequired: true,
        errorMessage: words('form.required', scene),
      },
      {
        type: 'Input.Time',
        id: 'time',
        label: words('file.time', scene),
        ...(form.time ? { value: form.time } : {}),
      },
      ...fault('received'),
    ]),
    textBlock(words('file.no_personal_number', scene), { size: 'Small' }),
  ];
  // A dialog in Teams takes Action.Submit alone.
  return card(scene.state.locale, words('file.title', scene), body, [
    submit(words('file.send', scene), { verb: 'file', id: form.id }, 'web'),
  ]);
}

/** What is asked where the same person has an open request for the same: to join this one to it, or to file it apart. */
export function twinCard(form: FileForm, { number, receivedAt }: Ticket, scene: CardScene): Card {
  const day = { day: dayOf(new Date(receivedAt), HOME_ZONE) };
  const { id, type, slots, time } = form;
  const data = { verb: 'file', id, type, ...slots, day: form.day, time };
  return card(
    scene.state.locale,
    words('file.title', scene),
    [textBlock(words('file.twin', scene, { number, day }))],
    [
      submit(words('file.join', scene, { number }), { ...data, twin: number }, 'web', { style: 'positive' }),
      submit(words('file.apart', scene), { ...data, twin: 'apart' }, 'web'),
    ],
  );
}
