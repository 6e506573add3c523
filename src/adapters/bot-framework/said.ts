import { type Activity, ActivityTypes } from 'botbuilder';
import { CARD_TYPE, type Card, type Surface } from '../../cards/card.ts';
import { renderCard } from '../../cards/render-card.ts';
import type { Content } from '../../content/content.ts';
import { choiceLabel, choiceValue } from '../../conversation/choose.ts';
import { plainText } from '../../conversation/plain-text.ts';
import { type Links, renderReply } from '../../conversation/render.ts';
import type { Choice } from '../../conversation/reply.ts';
import type { State } from '../../conversation/state.ts';
import type { Outcome } from '../../conversation/turn.ts';

/** How a channel shows what is said. */
export type Manner = { cards: Surface } | { cards: null; textFormat: 'markdown' | 'plain' };

const CARDS: Record<string, Surface> = {
  directline: 'web',
  webchat: 'web',
  emulator: 'web',
  msteams: 'teams',
};
const PLAIN = ['sms', 'email', 'twilio-sms', 'telephony', 'outlook', 'acs-sms'];

/** The manner of an activity's channel; a client may say in `channelData` that it shows no cards. */
export function mannerOf(activity: Pick<Activity, 'channelId' | 'channelData'>): Manner {
  const { channelData, channelId } = activity;
  const refusesCards = typeof channelData === 'object' && channelData !== null && channelData.cards === false;
  const surface = CARDS[channelId];
  if (surface && !refusesCards) return { cards: surface };
  return { cards: null, textFormat: PLAIN.includes(channelId) ? 'plain' : 'markdown' };
}

/** What an outcome says, as activities; every one has the same words, whether a card or a text. */
export function activitiesOf(
  outcome: Outcome,
  content: Content,
  links: Links,
  manner: Manner,
  person: string,
): Partial<Activity>[] {
  const { state } = outcome;
  const base = { type: ActivityTypes.Message, locale: state.locale };
  if (manner.cards !== null) {
    const scene = { content, state, links, surface: manner.cards, person };
    // A client that shows what was said before clears it.
    const forgotten = outcome.intent === 'forget_conversation' ? { channelData: { forgotten: true } } : {};
    return outcome.replies.map((reply) => {
      const card = renderCard(reply, scene);
      return card
        ? { ...base, ...forgotten, attachments: [attachment(card)], summary: card.fallbackText.slice(0, 200) }
        : {
            ...base,
            ...forgotten,
            text: renderReply(reply, content, state.locale, links),
            textFormat: 'markdown',
          };
    });
  }
  const { textFormat } = manner;
  const activities = outcome.replies.map((reply): Partial<Activity> => {
    const text = renderReply(reply, content, state.locale, links);
    return { ...base, text: textFormat === 'plain' ? plainText(text) : text, textFormat };
  });
  const last = activities.at(-1);
  // Buttons go on the last message: clients show them below the conversation and only there.
  if (last && state.choices.length > 0 && textFormat === 'markdown')
    last.suggestedActions = {
      to: [],
      actions: state.choices.map((choice) => button(choice, content, state)),
    };
  return activities;
}

/** A card as it is attached to a message. */
export function attachment(content: Card) {
  return { contentType: CARD_TYPE, content };
}

function button(choice: Choice, content: Content, state: State) {
  const title = choiceLabel(choice, content, state.locale);
  const text = choiceValue(choice);
  return { type: 'messageBack', title, text, displayText: title, value: { choice: text } };
}
