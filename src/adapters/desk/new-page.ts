import { fillText } from '../../conversation/render.ts';
import { type Html, html } from '../../pages/html.ts';
import { dayOf, HOME_ZONE } from '../../tickets/calendar.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { type DeskScene, deskForm, deskPage } from './desk-page.ts';
import { channelName, filedChannels, statusTexts } from './labels.ts';
import { type Filled, labelled, selectField, slotField } from './slot-fields.ts';

/** The fields about the person, and about what they want. */
export const newSlots = ['name', 'email', 'phone', 'country', 'relation', 'details'] as const;

/** What stands in the form besides its slots. */
export interface NewForm {
  /** So that the form makes one ticket however often it is sent. */
  id: string;
  type: string;
  channel: string;
  locale: string;
  day: string;
  time: string;
}

/** The form by which an officer files a request that came by telephone, by letter or by word of mouth. */
export function newPage(form: NewForm, filled: Filled, scene: DeskScene): string {
  const { content, say } = scene;
  const isWrong = filled.faults.size > 0;
  const title = say('desk.new');
  const list = (name: keyof NewForm, label: string, options: readonly (readonly [string, string])[]) =>
    labelled(name, label, filled.faults.get(name) ?? null, null, scene, (attributes) =>
      selectField(attributes, form[name], options),
    );
  const received = (name: 'day' | 'time', label: string, rest: Html) =>
    labelled(
      name,
      label,
      name === 'day' ? (filled.faults.get('received') ?? null) : null,
      null,
      scene,
      (attributes) =>
        html`<input ${attributes} type="${name === 'day' ? 'date' : 'time'}" value="${form[name]}"${rest}>`,
    );
  const main = html`<div class="desk-narrow">
${isWrong && html`<div class="notice-box wrong" role="alert"><p>${say('desk.correct_wrong')}</p></div>\n`}<h1>${title}</h1>
<p>${say('desk.new_lead')}</p>
<p class="hint">${say('file.no_personal_number')}</p>
${deskForm(
  scene,
  '/desk/new',
  html`<input type="hidden" name="form" value="${form.id}">
${list('type', say('file.type'), [
  ['', say('form.choose')],
  ...[...content.requests.keys()].map((type) => [type, say(`request.${type}.title`)] as const),
])}${list('channel', say('desk.new_channel'), channelOptions(scene))}${received('day', say('file.day'), html` max="${dayOf(scene.now, HOME_ZONE)}"`)}${received('time', say('file.time'), html``)}${newSlots.map((slot) => slotField(slot, filled, scene))}${list(
  'locale',
  say('desk.language'),
  [
    ['sv', say('desk.language_sv')],
    ['en', say('desk.language_en')],
  ],
)}<p><button class="button">${say('file.send')}</button> <a href="/desk">${say('desk.correct_leave')}</a></p>`,
  html` novalidate`,
)}</div>`;
  return deskPage(scene, title, main);
}

/** Asks whether a request belongs to one that the same person has open already, or is to be one of its own. */
export function twinPage(
  form: NewForm,
  filled: Filled,
  isMasked: boolean,
  twins: readonly Ticket[],
  scene: DeskScene,
): string {
  const { content, locale, say } = scene;
  const title = say('desk.new');
  const { id, ...rest } = form;
  const carried = [
    ['form', id],
    ...Object.entries(rest),
    ...(isMasked ? [['masked', 'yes']] : []),
    ...Object.entries(filled.shown).map(([slot, text]) => [`slot-${slot}`, text]),
  ];
  const day = (at: string) =>
    fillText('card.day', { day: { day: dayOf(new Date(at), HOME_ZONE) } }, content, locale);
  const main = html`<div class="desk-narrow">
<h1>${title}</h1>
<p>${say('desk.new_twins')}</p>
${deskForm(
  scene,
  '/desk/new',
  html`${carried.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`)}<ul>
${twins.map(
  ({
    number,
    receivedAt,
    status,
  }) => html`<li><p><a href="/desk/ticket/${number}" target="_blank" rel="noopener">${number}</a>, ${say(statusTexts[status])}, ${day(receivedAt)}</p>
<p><button class="button" name="twin" value="${number}">${say('file.join', { number })}</button></p></li>\n`,
)}</ul>
<p><button class="button" name="twin" value="apart">${say('file.apart')}</button></p>`,
)}</div>`;
  return deskPage(scene, title, main);
}

function channelOptions({ say }: DeskScene): readonly (readonly [string, string])[] {
  return filedChannels.map((channel) => [channel, channelName(channel, say)]);
}
