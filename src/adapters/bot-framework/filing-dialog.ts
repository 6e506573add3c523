import { randomUUID } from 'node:crypto';
import type { InvokeResponse, TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Card } from '../../cards/card.ts';
import type { CardScene } from '../../cards/card-scene.ts';
import { type FileForm, fileCard, twinCard } from '../../cards/file-card.ts';
import { fileTicket } from '../../conversation/converse.ts';
import { fileFor } from '../../conversation/file-for.ts';
import { maskPersonalNumbers } from '../../conversation/personal-number.ts';
import { readSlots } from '../../conversation/read-slots.ts';
import { fillText } from '../../conversation/render.ts';
import type { FieldFault } from '../../conversation/reply.ts';
import { newState } from '../../conversation/state.ts';
import { dayOf, HOME_ZONE } from '../../tickets/calendar.ts';
import { twinsOf } from '../../tickets/similar-tickets.ts';
import { cardOf } from './card-action.ts';
import { localeOf } from './heard.ts';
import type { PrivacyBot } from './privacy-bot.ts';
import { attachment } from './said.ts';

const field = z.string().max(5000).default('');
const commandSchema = z.looseObject({
  commandId: z.literal('fileRequest'),
  messagePayload: z
    .looseObject({
      createdDateTime: z.string().nullish(),
      body: z.looseObject({ content: z.string().nullish() }).nullish(),
    })
    .nullish(),
});
const filledSchema = z.looseObject({
  commandId: z.literal('fileRequest'),
  data: z.looseObject({
    id: z.uuid(),
    type: field,
    name: field,
    email: field,
    phone: field,
    country: field,
    relation: field,
    details: field,
    day: field,
    time: field,
    /** What to do where the same person has asked for the same before: file it apart, or join it to that ticket. */
    twin: z.union([z.literal('apart'), z.string().regex(/^SA-/)]).optional(),
  }),
});

const LONGEST_MESSAGE = 2000;
/** Its markup may be longer; what lies beyond is not read. */
const LONGEST_MARKUP = 20_000;

/** Opens the form by which a recruiter files a request for somebody else; a message it is about fills it in. */
export async function openFiling(
  value: unknown,
  context: TurnContext,
  bot: PrivacyBot,
): Promise<InvokeResponse> {
  const command = commandSchema.safeParse(value);
  if (!command.success) return { status: 400 };
  const { messagePayload } = command.data;
  const now = bot.parts.clock();
  const sent = new Date(messagePayload?.createdDateTime ?? '');
  const received = Number.isNaN(sent.getTime()) ? now : sent;
  const message = plainMessage(messagePayload?.body?.content ?? '');
  const form: FileForm = {
    id: randomUUID(),
    ...understood(message, bot),
    day: dayOf(received, HOME_ZONE),
    time: new Intl.DateTimeFormat('sv-SE', { timeZone: HOME_ZONE, timeStyle: 'short' }).format(received),
  };
  return dialog(formIn(form, [], context, bot), context, bot);
}

/** Files what the form says, or shows it again with what is wrong. */
export async function onFiling(
  value: unknown,
  context: TurnContext,
  bot: PrivacyBot,
): Promise<InvokeResponse> {
  const filled = filledSchema.safeParse(value);
  if (!filled.success) return { status: 400 };
  const { id, type, day, time, name, email, phone, country, relation, details } = filled.data.data;
  const slots = { name, email, phone, country, relation, details };
  const { activity } = context;
  const by = activity.from.aadObjectId;
  // Only somebody whom Teams has identified may file for others: the ticket says who it was.
  if (!by) return { status: 403 };
  const now = bot.parts.clock();
  const filing = {
    by,
    role: 'recruiter' as const,
    channel: activity.channelId,
    form: id,
    locale: localeOf(context.activity),
    now,
  };
  const result = fileFor({ type, slots, day, time }, filing, bot.host.assistant);
  const form = { id, type, slots: result.shown, day, time };
  if ('faults' in result) return dialog(formIn(form, result.faults, context, bot), context, bot);
  const { twin } = filled.data.data;
  const twins = twin === 'apart' ? [] : await twinsOf(result.ticket, bot.host.tickets);
  const [first] = twins;
  if (!first) {
    const ticket = await fileTicket(result.ticket, bot.host);
    await bot.parts.people.remember(activity, now);
    return dialog(cardOf(ticket, activity.from.id, bot), context, bot);
  }
  const chosen = twins.find(({ ticket }) => ticket.number === twin);
  if (!chosen) return dialog(twinCard(form, first.ticket, sceneOf(context, bot)), context, bot);
  const note = fillText(
    'file.joined_note',
    {
      day: { day: dayOf(new Date(result.ticket.receivedAt), HOME_ZONE) },
      details: result.shown.details ?? '',
    },
    bot.host.assistant.content,
    chosen.ticket.locale,
  );
  const joined = await bot.parts.office.note(chosen, note, { id: by, role: 'recruiter' });
  return dialog(cardOf(joined.ticket, activity.from.id, bot), context, bot);
}

function sceneOf(context: TurnContext, bot: PrivacyBot): CardScene {
  const { content } = bot.host.assistant;
  const state = newState(localeOf(context.activity));
  return { content, state, links: bot.parts.links, surface: 'teams', person: '' };
}

function formIn(form: FileForm, faults: readonly FieldFault[], context: TurnContext, bot: PrivacyBot): Card {
  return fileCard(form, faults, sceneOf(context, bot));
}

function dialog(card: Card, context: TurnContext, bot: PrivacyBot): InvokeResponse {
  const title = bot.text('file.title', context.activity);
  return {
    status: 200,
    body: {
      task: { type: 'continue', value: { title, height: 'large', width: 'medium', card: attachment(card) } },
    },
  };
}

// What a message wishes, and who says so, as far as it can be read; the recruiter sees and corrects it.
function understood(message: string, bot: PrivacyBot): Pick<FileForm, 'type' | 'slots'> {
  if (!message) return { type: '', slots: {} };
  const { content, understanding } = bot.host.assistant;
  const { text } = maskPersonalNumbers(message);
  const [first] = understanding.understand(text, 'sv', null).meanings;
  const { slots } = readSlots(text, content, {
    relationOf: (part) => understanding.relation(part, 'sv', false),
  });
  const { name, email, phone, country, relation } = slots;
  const known = Object.entries({ name, email, phone, country, relation, details: text });
  return {
    type: first?.kind === 'request' ? first.label : '',
    slots: Object.fromEntries(known.filter((entry): entry is [string, string] => entry[1] !== undefined)),
  };
}

// Teams gives a message as HTML.
function plainMessage(html: string): string {
  return html
    .slice(0, LONGEST_MARKUP)
    .replace(/<(?:br|\/p|\/div)[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim()
    .slice(0, LONGEST_MESSAGE);
}
