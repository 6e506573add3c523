import { randomUUID } from 'node:crypto';
import { type Activity, ActivityHandler, ActivityTypes, type TurnContext } from 'botbuilder';
import { choiceLabel, choiceValue } from '../../conversation/choose.ts';
import { converse, type Host } from '../../conversation/converse.ts';
import { type Links, renderReply } from '../../conversation/render.ts';
import type { Choice } from '../../conversation/reply.ts';
import type { Outcome } from '../../conversation/turn.ts';

/** What is told of a turn once it is over: ids and figures, never a word of what was said. */
export type TurnReport = (report: {
  activity: string;
  channel: string;
  kind: string;
  intent: string | null;
  ms: number;
}) => void;

/** The bot: hears activities, holds the conversation, says what comes of it. */
export class PrivacyBot extends ActivityHandler {
  constructor(host: Host, links: Links, clock: () => Date, report: TurnReport) {
    super();
    const { content } = host.assistant;

    const take = async (context: TurnContext, text: string) => {
      const began = performance.now();
      const { activity } = context;
      const outcome = await converse(
        {
          id: activity.id || randomUUID(),
          conversation: `${activity.channelId}/${activity.conversation.id}`,
          channel: activity.channelId,
          locale: activity.locale?.toLowerCase().startsWith('en') ? 'en' : activity.locale ? 'sv' : undefined,
          text,
          now: clock(),
        },
        host,
      );
      await context.sendActivities(activitiesOf(outcome));
      report({
        activity: activity.id ?? '',
        channel: activity.channelId,
        kind: outcome.kind,
        intent: outcome.intent,
        ms: Math.round(performance.now() - began),
      });
    };

    const activitiesOf = (outcome: Outcome): Partial<Activity>[] => {
      const { locale } = outcome.state;
      const offered = outcome.state.choices;
      const activities: Partial<Activity>[] = outcome.replies.map((reply) => ({
        type: ActivityTypes.Message,
        text: renderReply(reply, content, locale, links),
        textFormat: 'markdown',
        locale,
      }));
      const last = activities.at(-1);
      // Buttons go on the last message: clients show them below the conversation and only there.
      if (last && offered.length > 0)
        last.suggestedActions = { to: [], actions: offered.map((choice) => button(choice, locale)) };
      return activities;
    };

    const button = (choice: Choice, locale: Outcome['state']['locale']) => {
      const title = choiceLabel(choice, content, locale);
      return {
        type: 'messageBack',
        title,
        text: choiceValue(choice),
        displayText: title,
        value: { choice: choiceValue(choice) },
      };
    };

    this.onMessage(async (context, next) => {
      await take(context, pressed(context.activity.value) ?? context.activity.text ?? '');
      await next();
    });
    this.onMembersAdded(async (context, next) => {
      const isPerson = context.activity.membersAdded?.some(
        (member) => member.id !== context.activity.recipient?.id,
      );
      if (isPerson) await take(context, choiceValue({ do: 'say', intent: 'greeting' }));
      await next();
    });
  }
}

// A pressed button carries its choice beside the words that are shown for it.
function pressed(value: unknown): string | undefined {
  const choice = typeof value === 'object' && value !== null && 'choice' in value ? value.choice : undefined;
  return typeof choice === 'string' ? choice : undefined;
}
