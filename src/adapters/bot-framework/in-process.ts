import { type Activity, ActivityTypes, BotAdapter, type ResourceResponse, TurnContext } from 'botbuilder';
import type { PrivacyBot } from './privacy-bot.ts';

const SAID = Symbol('said');

/** What to do where a turn fails: what it says instead is sent. Without it the failure is handed on. */
export type OnTurnError = (context: TurnContext, error: Error) => Promise<void>;

/**
 * Hands an activity to the bot in this process and collects what it says: for a channel of our own, and for one that
 * takes the answers with its request. Nobody is called, so none of the SDK's clients is made.
 */
export function hearInProcess(
  bot: PrivacyBot,
  onTurnError?: OnTurnError,
): (activity: object) => Promise<Partial<Activity>[]> {
  const adapter = new InProcessAdapter();
  if (onTurnError) adapter.onTurnError = onTurnError;
  return async (activity) => {
    const said: Partial<Activity>[] = [];
    const context = new TurnContext(adapter, activity as Activity);
    context.turnState.set(SAID, said);
    await adapter.take(context, bot);
    // Where replies are expected with the answer, the SDK's context keeps them itself.
    return [...said, ...context.bufferedReplyActivities];
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
