import { type Activity, ActivityTypes, BotAdapter, type ResourceResponse, TurnContext } from 'botbuilder';
import type { PrivacyBot } from './privacy-bot.ts';

const SAID = Symbol('said');

/** Hands a person's activity to the bot in this process and collects what it says, for a channel of our own. */
export function hearInProcess(bot: PrivacyBot): (activity: object) => Promise<Partial<Activity>[]> {
  const adapter = new InProcessAdapter();
  return async (activity) => {
    const said: Partial<Activity>[] = [];
    const context = new TurnContext(adapter, activity as Activity);
    context.turnState.set(SAID, said);
    await adapter.take(context, bot);
    return said;
  };
}

class InProcessAdapter extends BotAdapter {
  take(context: TurnContext, bot: PrivacyBot): Promise<void> {
    return this.runMiddleware(context, (turn) => bot.run(turn));
  }

  override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const said: Partial<Activity>[] = context.turnState.get(SAID);
    said.push(...activities.filter(({ type }) => type !== ActivityTypes.InvokeResponse));
    return activities.map(() => ({ id: '' }));
  }

  override async updateActivity(): Promise<undefined> {
    return undefined;
  }

  override async deleteActivity(): Promise<void> {}

  override async continueConversation(): Promise<void> {
    throw new Error('nothing is said here but in answer to a person');
  }
}
