import type { Content } from '../content/content.ts';
import { quotedPassages, quotedWords, readingAidOf } from '../content/quote.ts';
import type { Locale } from '../text/words.ts';
import { choiceLabel } from './choose.ts';
import { countryName } from './read-country.ts';
import type { Choice, Reply, Value, Values } from './reply.ts';
import type { Slots } from './state.ts';

/** Where a channel's texts point to. */
export interface Links {
  /** The address of a passage in the notice; `#retention-2` where there is no page. */
  passage(id: string, locale: Locale): string;
  /** The address where somebody finds their ticket by its number and their e-mail address. */
  find(locale: Locale): string;
  /** The address of a ticket's own page by its access token, or null where there is none. */
  ticket(token: string): string | null;
}

/** Links for places without a web page, such as the terminal. */
export const noPages: Links = { passage: (id) => `#${id}`, find: () => '/request/find', ticket: () => null };

/** A reply as Markdown in a language. Every sentence comes from dialogs/, every quote from knowledge/. */
export function renderReply(reply: Reply, content: Content, locale: Locale, links: Links): string {
  const text = (id: string, values: Values = {}) => fillText(id, values, content, locale);
  switch (reply.is) {
    case 'text':
      return [
        text(reply.id, { find: links.find(locale), ...reply.values }),
        ...choiceLines(reply.choices ?? [], content, locale),
      ].join('\n');
    case 'quote':
      return renderQuote(reply, content, locale, links);
    case 'ask':
      return renderAsk(reply, content, locale);
    case 'summary':
      return [
        text('summary.lead', { title: { text: `request.${reply.type}.title` } }),
        slotLines(reply.slots, content, locale).join('\n'),
        text(
          reply.amends
            ? 'summary.confirm_amend'
            : reply.behalf
              ? 'summary.confirm_behalf'
              : 'summary.confirm',
        ),
      ].join('\n\n');
    case 'receipt': {
      const link = links.ticket(reply.token);
      const number = { number: reply.number, title: { text: `request.${reply.type}.title` } };
      return [
        text(leadOf(reply, content), {
          ...number,
          ...(reply.due ? { due: { day: reply.due } } : {}),
        }),
        ...(reply.steps.length > 0
          ? [
              `${text('receipt.counted')}\n${reply.steps.map((step) => `- ${text(step.id, step.values)}`).join('\n')}`,
            ]
          : []),
        ...(link ? [text('receipt.link', { link })] : []),
      ].join('\n\n');
    }
  }
}

// Where a request is dealt with at once, the day is that of the confirmation.
function leadOf({ type, due }: { type: string; due: string | null }, content: Content): string {
  if (!due) return 'receipt.lead';
  return content.requests.get(type)?.deadline === 'at_once'
    ? 'receipt.lead_confirmation'
    : 'receipt.lead_due';
}

/** A slot's value as people write it: country and relation have names, the rest stands as it was given. */
export function slotValue(slot: string, value: string, content: Content, locale: Locale): string {
  if (slot === 'country') return countryName(value, locale);
  return content.replies[locale][`${slot}.${value.replace('-', '')}`] ?? value;
}

function renderQuote(
  reply: Extract<Reply, { is: 'quote' }>,
  content: Content,
  locale: Locale,
  links: Links,
): string {
  const passage = content.passages.get(reply.passage);
  const section = content.sections.find((found) => found.id === passage?.section);
  const quote = quotedWords(reply.passage, content)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
  const { inForce } = content.notice;
  const place = { section: section?.title ?? '', link: links.passage(reply.passage, locale) };
  const source = inForce
    ? fillText('answer.source', { ...place, inForce: { day: inForce } }, content, locale)
    : fillText('answer.source_undated', place, content, locale);
  // Those who are answered in another language get help with the quote, set apart from it.
  const aid = readingAidOf(reply.passage, content);
  const aids = locale === 'en' && aid ? [fillText('answer.reading_aid', { aid }, content, locale)] : [];
  const advisories = reply.advisories.flatMap((id) => {
    const advisory = content.advisories.find((found) => found.id === id);
    return advisory
      ? [
          fillText(
            'answer.advisory',
            {
              advisory: advisory.text[locale],
              source: advisory.source.title,
              url: advisory.source.url,
              reviewed: { day: advisory.reviewed },
            },
            content,
            locale,
          ),
        ]
      : [];
  });
  const choices = choiceLines(reply.choices, content, locale);
  const onward =
    choices.length > 0
      ? [`${fillText(onwardOf(reply.passage, content), {}, content, locale)}\n${choices.join('\n')}`]
      : [];
  return [`${quote}\n\n${source}`, ...aids, ...advisories, ...onward].join('\n\n');
}

/** The text before the ways on: where a list was too long to be quoted with its lead-in, its items are the ways. */
export function onwardOf(passage: string, content: Content): string {
  const opens = content.passages.get(passage)?.opens ?? [];
  const isCut = opens.length > 0 && quotedPassages(passage, content).length === 1;
  return isCut ? 'answer.onward_list' : 'answer.onward';
}

function renderAsk(reply: Extract<Reply, { is: 'ask' }>, content: Content, locale: Locale): string {
  if (reply.faults && reply.faults.length > 0)
    return reply.faults
      .map(
        ({ slot, id }) =>
          `${fillText(`slot.${slot}`, {}, content, locale)}: ${fillText(id, {}, content, locale)}`,
      )
      .join('\n');
  const replies = content.replies[locale];
  const special = [
    `ask.${reply.slot}.${reply.type}`,
    ...(reply.others[0] ? [`ask.${reply.slot}_${reply.others[0]}`] : []),
  ].find((id) => replies[id]);
  const slots: Value = { all: reply.others.map((slot) => ({ text: `slot.${slot}` })) };
  return fillText(special ?? `ask.${reply.slot}`, { slots }, content, locale);
}

function slotLines(slots: Slots, content: Content, locale: Locale): string[] {
  return Object.keys(content.slots).flatMap((slot) => {
    const value = slots[slot];
    return value
      ? [
          `- **${fillText(`slot.${slot}`, {}, content, locale)}**: ${escapeMarkdown(slotValue(slot, value, content, locale)).replace(/\n+/g, ' · ')}`,
        ]
      : [];
  });
}

// What a person wrote is text, not formatting, and no link that somebody else might press.
function escapeMarkdown(text: string): string {
  return text.replace(/[\\[\]<>*`]/g, '\\$&');
}

function choiceLines(choices: readonly Choice[], content: Content, locale: Locale): string[] {
  return choices.map((choice, index) => `${index + 1}. ${choiceLabel(choice, content, locale)}`);
}

/** A text of dialogs/ with its placeholders filled. @throws {RangeError} where the text or a value is missing. */
export function fillText(id: string, values: Values, content: Content, locale: Locale): string {
  const text = content.replies[locale][id];
  if (text === undefined) throw new RangeError(`no reply ${id} in ${locale}`);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? (name === 'notice' ? content.notice.name[locale] : undefined);
    if (value === undefined) throw new RangeError(`reply ${id} needs a value for ${name}`);
    return valueText(value, content, locale);
  });
}

function valueText(value: Value, content: Content, locale: Locale): string {
  if (typeof value === 'string') return value;
  if ('text' in value) return fillText(value.text, {}, content, locale);
  if ('day' in value) return dayText(value.day, locale);
  const parts = value.all.map((each) => valueText(each, content, locale));
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts);
}

/** "2 mars 2026" for 2026-03-02. */
function dayText(day: string, locale: Locale): string {
  return dayFormats[locale].format(new Date(`${day}T00:00:00Z`));
}

// Making one takes longer than everything else that is said.
const dayFormats: Record<Locale, Intl.DateTimeFormat> = {
  sv: new Intl.DateTimeFormat('sv-SE', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
};
