import {
  type Activity,
  ActivityHandler,
  ActivityTypes,
  type AdaptiveCardInvokeResponse,
  type AdaptiveCardInvokeValue,
  EventFactory,
  type InvokeResponse,
  RoleTypes,
  type TurnContext,
} from 'botbuilder';
import { z } from 'zod';
import { choiceValue } from '../../conversation/choose.ts';
import { converse, type Heard, type Host } from '../../conversation/converse.ts';
import type { Links } from '../../conversation/render.ts';
import type { Said } from '../../conversation/state.ts';
import type { Outcome } from '../../conversation/turn.ts';
import type { Office } from '../../tickets/office.ts';
import { onCardAction } from './card-action.ts';
import { hear, isGroup, isOnlyCard, localeOf } from './heard.ts';
import { onMessageExtension } from './message-extension.ts';
import type { WriteTo } from './proactive.ts';
import { activitiesOf, mannerOf } from './said.ts';
import { type TeamsPeople, tenantOf } from './teams-people.ts';
import { moveToPersonal } from './to-personal.ts';

/** What is told of a turn once it is over: ids and figures, never a word of what was said. */
export type TurnReport = (report: {
  activity: string;
  channel: string;
  kind: string;
  intent: string | null;
  ms: number;
}) => void;

/** What the bot leans on besides the conversation. */
export interface BotParts {
  links: Links;
  clock: () => Date;
  report: TurnReport;
  /** The skill or queue a conversation on a channel is handed to, or null where nobody sits at the other end. */
  handOffTo: (channel: string) => string | null;
  /** The tenants whose people may use the bot in Teams; null: any. */
  tenants: readonly string[] | null;
  people: TeamsPeople;
  office: Office;
  writeTo: WriteTo;
  /** The bot's id at Microsoft, for links into its chat; empty where it has none. */
  appId: string;
}

const handOffStatus = z.looseObject({ state: z.string() });

/** The bot: hears activities, holds the conversation, says what comes of it. */
export class PrivacyBot extends ActivityHandler {
  readonly host: Host;
  readonly parts: BotParts;

  constructor(host: Host, parts: BotParts) {
    super();
    this.host = host;
    this.parts = parts;
    this.onMessage(async (context, next) => {
      if (!isOnlyCard(context.activity))
        await this.say(await this.take(this.hear(context.activity), context.activity), context);
      await next();
    });
    this.onMembersAdded(async (context, next) => {
      const { membersAdded, recipient } = context.activity;
      const isPerson = membersAdded?.some((member) => member.id !== recipient?.id);
      // In a group people come and go; the bot speaks when it is spoken to.
      if (isPerson && !isGroup(context.activity))
        await this.#hearChoice({ do: 'say', intent: 'greeting' }, context);
      await next();
    });
    this.onEvent(async (context, next) => {
      const status = handOffStatus.safeParse(context.activity.value).data;
      const isOver = status?.state === 'failed' || status?.state === 'timedOut';
      const { name, channelId } = context.activity;
      if (name === 'handoff.status' && isOver && this.parts.handOffTo(channelId) !== null)
        await this.#hearChoice({ do: 'unconnected' }, context);
      await next();
    });
  }

  /** Hears everything: who writes in Teams is remembered, and a tenant that is not on the list gets no further. */
  protected override async onTurnActivity(context: TurnContext): Promise<void> {
    const { activity } = context;
    const { tenants } = this.parts;
    if (activity.channelId === 'msteams') {
      if (tenants && !tenants.includes(tenantOf(activity))) {
        await this.#turnAway(context);
        return;
      }
    }
    await super.onTurnActivity(context);
  }

  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    if (context.activity.name?.startsWith('composeExtension/')) return onMessageExtension(context, this);
    return super.onInvokeActivity(context);
  }

  protected override onAdaptiveCardInvoke(
    context: TurnContext,
    invoked: AdaptiveCardInvokeValue,
  ): Promise<AdaptiveCardInvokeResponse> {
    return onCardAction(context, invoked, this);
  }

  hear(activity: Activity): Heard {
    return hear(activity, this.parts.clock(), this.parts.handOffTo(activity.channelId) !== null);
  }

  /** Takes a turn and reports it. Whoever files for somebody else is remembered, to be told how it goes. */
  async take(heard: Heard, activity: Activity): Promise<Outcome> {
    const began = performance.now();
    const outcome = await converse(heard, this.host);
    if (outcome.ticket?.filedBy) await this.parts.people.remember(activity, this.parts.clock());
    this.parts.report({
      activity: heard.id,
      channel: heard.channel,
      kind: outcome.kind,
      intent: outcome.intent,
      ms: Math.round(performance.now() - began),
    });
    return outcome;
  }

  /** What an outcome says, as this channel shows it. */
  activities(outcome: Outcome, activity: Activity): Partial<Activity>[] {
    const { content } = this.host.assistant;
    return activitiesOf(outcome, content, this.parts.links, mannerOf(activity), activity.from.id);
  }

  /** Says what comes of a turn, and does what goes beyond saying. */
  async say(outcome: Outcome, context: TurnContext): Promise<void> {
    const activities = this.activities(outcome, context.activity);
    if (activities.length > 0) await context.sendActivities(activities);
    if (outcome.handOff) await context.sendActivity(this.#handOff(outcome.handOff, context));
    if (outcome.toPersonal) await moveToPersonal(outcome.toPersonal, outcome.state.locale, context, this);
  }

  /** A text of dialogs/ in the language of an activity. */
  text(id: string, activity: Activity): string {
    return this.host.assistant.content.replies[localeOf(activity)][id] ?? '';
  }

  async #hearChoice(choice: Parameters<typeof choiceValue>[0], context: TurnContext): Promise<void> {
    const heard = { ...this.hear(context.activity), text: choiceValue(choice) };
    await this.say(await this.take(heard, context.activity), context);
  }

  #handOff(said: readonly Said[], context: TurnContext): Partial<Activity> {
    const activities = said.map(({ by, text }) => ({
      type: ActivityTypes.Message,
      text,
      from: { id: by, name: '', role: by === 'person' ? RoleTypes.User : RoleTypes.Bot },
    }));
    return EventFactory.createHandoffInitiation(
      context,
      { Skill: this.parts.handOffTo(context.activity.channelId) },
      { activities: activities as Activity[] },
    );
  }

  async #turnAway(context: TurnContext): Promise<void> {
    if (context.activity.type === 'invoke') {
      await context.sendActivity({ type: 'invokeResponse', value: { status: 403 } });
      return;
    }
    if (context.activity.type === 'message')
      await context.sendActivity(this.text('teams.tenant', context.activity));
  }
}
