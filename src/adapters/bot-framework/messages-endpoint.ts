import {
  type Activity,
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  DeliveryModes,
  type TurnContext,
} from 'botbuilder';
import type { Request, Response } from 'restify';
import { activitySchema, isLoopback } from './activity.ts';
import { hearInProcess } from './in-process.ts';
import type { PrivacyBot } from './privacy-bot.ts';

// What the SDK needs of a response; restify's own type disagrees on optional properties only.
interface BotResponse {
  socket: unknown;
  end(...parts: unknown[]): unknown;
  header(name: string, value: unknown): unknown;
  send(...parts: unknown[]): unknown;
  status(code: number): unknown;
}

/** The bot's identity at Microsoft; without one, only this machine may talk to it. */
export interface AppIdentity {
  id: string;
  password: string;
  type: 'SingleTenant' | 'UserAssignedMSI';
  tenant: string;
}

/**
 * The channel did not take an answer. It gets 500 and delivers the activity again, and then the same answer is sent.
 * The SDK prints the errors that leave a turn; its own carry the whole message, so none of those may leave.
 */
class DeliveryFailed extends Error {
  constructor() {
    super('the channel did not take the answer');
    this.name = 'DeliveryFailed';
  }
}

/** Told when a turn fails: the activity's id and the error's name, never its text. */
export type Failed = (failure: { activity: string; error: string }) => void;

/** The SDK's parts under the bot's identity. */
export interface Connection {
  authentication: ConfigurationBotFrameworkAuthentication;
  adapter: CloudAdapter;
}

/** Connects to the channels under the bot's identity; where a turn fails it says sorry and goes on. */
export function connect(
  identity: AppIdentity | null,
  sorry: (locale: string | undefined) => string,
  failed: Failed,
): Connection {
  const authentication = new ConfigurationBotFrameworkAuthentication(
    identity
      ? {
          MicrosoftAppId: identity.id,
          MicrosoftAppPassword: identity.password,
          MicrosoftAppType: identity.type,
          MicrosoftAppTenantId: identity.tenant,
        }
      : {},
  );
  const adapter = new CloudAdapter(authentication);
  adapter.onTurnError = async (context: TurnContext, error: Error) => {
    failed({ activity: context.activity.id ?? '', error: error.name });
    // Nothing was asked, so there is nobody to say sorry to; the error carries what was to be said, so it stays here.
    if (context.activity.type === ActivityTypes.Event) throw new DeliveryFailed();
    try {
      await context.sendActivity(sorry(context.activity.locale));
    } catch {
      throw new DeliveryFailed();
    }
  };
  return { authentication, adapter };
}

/**
 * The handler of `/api/messages`: what is not an activity gets 400, what lacks a valid token 401 (from the SDK), and
 * without an app identity only loopback addresses are ever called back.
 */
export function messagesEndpoint(
  bot: PrivacyBot,
  { authentication, adapter }: Connection,
  identity: AppIdentity | null,
) {
  const hear = hearInProcess(bot, adapter.onTurnError);
  return async (request: Request, response: Response): Promise<void> => {
    const parsed = activitySchema.safeParse(request.body);
    if (!parsed.success) {
      const faults = parsed.error.issues.map(
        (issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`,
      );
      response.send(400, { error: 'This is not a Bot Framework activity', faults });
      return;
    }
    const { data: activity } = parsed;
    if (!identity && !isLoopback(activity.serviceUrl)) {
      response.send(400, { error: 'serviceUrl must be on this machine: no app id is configured' });
      return;
    }
    // Where the answers go back with the request, nobody is called: the SDK's clients, made anew for every activity,
    // would cost more than the answer.
    if (activity.deliveryMode === DeliveryModes.ExpectReplies && activity.type === ActivityTypes.Message) {
      const { authorization = '' } = request.headers;
      const isKnown = await authentication
        .authenticateRequest(activity as unknown as Activity, authorization)
        .then(
          () => true,
          () => false,
        );
      if (isKnown) response.send(200, { activities: await hear(activity) });
      else response.send(401, { error: 'A valid token is needed' });
      return;
    }
    await adapter.process(request as never, response as unknown as BotResponse, (context) =>
      bot.run(context),
    );
  };
}
