import type { TurnContext } from 'botbuilder';
import type { Locale } from '../../text/words.ts';
import type { PrivacyBot } from './privacy-bot.ts';
import { personOf } from './teams-people.ts';

/**
 * Goes on with a wish in the person's own chat with the bot, which Teams finds or begins. Where Teams refuses, such as
 * for somebody who does not have the app, the group gets a link into that chat, and nothing else.
 */
export async function moveToPersonal(
  text: string,
  locale: Locale,
  context: TurnContext,
  bot: PrivacyBot,
): Promise<void> {
  const { activity } = context;
  const { writeTo, appId } = bot.parts;
  try {
    if (activity.channelId !== 'msteams') throw new Error('only Teams begins chats');
    await writeTo(personOf(activity), async (personal) => {
      personal.activity.from = activity.from;
      personal.activity.locale = activity.locale ?? 'sv-SE';
      const heard = { ...bot.hear(personal.activity), id: `${activity.id}/personal`, text, locale };
      await bot.say(
        await bot.take({ ...heard, filer: activity.from.aadObjectId, isGroup: false }, personal.activity),
        personal,
      );
    });
  } catch {
    const link = `https://teams.microsoft.com/l/chat/0/0?users=28:${encodeURIComponent(appId)}`;
    if (appId) await context.sendActivity(bot.text('teams.open_chat', activity).replace('{link}', link));
    else await context.sendActivity(bot.text('teams.no_chat', activity));
  }
}
