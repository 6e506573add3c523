import type { TurnContext } from 'botbuilder';
import type { PrivacyBot } from './privacy-bot.ts';

/**
 * Goes on with a wish in the person's own chat with the bot, where there is one or one can be begun. Where Teams
 * refuses, such as for somebody who does not have the app, the group gets a link into that chat, and nothing else.
 */
export async function moveToPersonal(text: string, context: TurnContext, bot: PrivacyBot): Promise<void> {
  const { activity } = context;
  const { people, writeTo, clock, appId } = bot.parts;
  const person = activity.from.aadObjectId ? await people.find(activity.from.aadObjectId, clock()) : null;
  if (!person) return;
  try {
    await writeTo(person, async (personal) => {
      personal.activity.from = activity.from;
      personal.activity.locale = activity.locale ?? 'sv-SE';
      const heard = { ...bot.hear(personal.activity), id: `${activity.id}/personal`, text };
      await bot.say(await bot.take({ ...heard, filer: activity.from.aadObjectId, isGroup: false }), personal);
      await people.remember(personal.activity, clock());
    });
  } catch {
    const link = `https://teams.microsoft.com/l/chat/0/0?users=28:${encodeURIComponent(appId)}`;
    if (appId) await context.sendActivity(bot.text('teams.open_chat', activity).replace('{link}', link));
    else await context.sendActivity(bot.text('teams.no_chat', activity));
  }
}
