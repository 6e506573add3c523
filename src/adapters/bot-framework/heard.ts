import { randomUUID } from 'node:crypto';
import { type Activity, TurnContext } from 'botbuilder';
import { z } from 'zod';
import { readFields } from '../../cards/form-card.ts';
import type { Heard } from '../../conversation/converse.ts';
import type { FormSent } from '../../conversation/turn.ts';
import type { Locale } from '../../text/words.ts';

const LONGEST_FIELD = 5000;
const choiceSchema = z.looseObject({ choice: z.string().max(200) });
const formSchema = z.looseObject({
  form: z.string().max(5000),
  act: z.enum(['review', 'send', 'cancel']),
  seen: z.string().max(100).optional(),
  share: z.string().max(10).optional(),
});

/** Whether others read along: then a person's state is kept by person, and nothing personal is said. */
export function isGroup({ conversation }: Activity): boolean {
  return (
    conversation.isGroup === true ||
    conversation.conversationType === 'groupChat' ||
    conversation.conversationType === 'channel'
  );
}

/** The key of the conversation an activity belongs to. In a group everybody has their own. */
export function conversationKey(activity: Activity): string {
  const key = `${activity.channelId}/${activity.conversation.id}`;
  return isGroup(activity) ? `${key}/${activity.from.id}` : key;
}

/** The language of whoever an activity comes from, as their client says. */
export function localeOf({ locale }: Pick<Activity, 'locale'>): Locale {
  return locale?.toLowerCase().startsWith('en') ? 'en' : 'sv';
}

/** Takes an activity for a turn: what was typed (the bot's own name left out), pressed, or filled in. */
export function hear(activity: Activity, now: Date, canHandOff: boolean): Heard {
  if (isGroup(activity) && activity.text) TurnContext.removeRecipientMention(activity);
  return {
    id: activity.id || randomUUID(),
    conversation: conversationKey(activity),
    channel: activity.channelId,
    locale: activity.locale ? localeOf(activity) : undefined,
    text: pressed(activity.value) ?? typed(activity),
    form: formSent(activity.value),
    isGroup: isGroup(activity),
    canHandOff,
    filer: activity.channelId === 'msteams' ? activity.from.aadObjectId : undefined,
    now,
  };
}

// A card that was put into a message with the message extension stands in its text as HTML; it is not what was typed.
const CARD_IN_TEXT =
  /<span class="inline-compose-card"[\s\S]*?<\/span>(?:\s*<\/span>)?|<attachment\b[^>]*>(?:<\/attachment>)?/g;

function typed({ text = '' }: Activity): string {
  return text.replace(CARD_IN_TEXT, ' ').trim();
}

/** Whether a message is nothing but a card that was put in: it says nothing to the bot. */
export function isOnlyCard(activity: Activity): boolean {
  const hasCard = activity.attachments?.some(({ contentType }) => contentType.includes('card')) ?? false;
  return hasCard && activity.value === undefined && typed(activity) === '';
}

// A pressed button carries its choice beside the words that are shown for it.
function pressed(value: unknown): string | undefined {
  return choiceSchema.safeParse(value).data?.choice;
}

/** A request's form in what a card sent, or undefined where it is none. */
export function formSent(value: unknown): FormSent | undefined {
  const sent = formSchema.safeParse(value).data;
  if (!sent) return undefined;
  const fields = Object.entries(readFields(sent)).map(([slot, given]) => [
    slot,
    given.slice(0, LONGEST_FIELD),
  ]);
  return {
    key: sent.form,
    act: sent.act,
    slots: Object.fromEntries(fields),
    seen: sent.seen,
    share: sent.share === 'true',
  };
}
