import {
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TurnContext,
} from 'botbuilder';
import type { Request, Response } from 'restify';
import { activitySchema, isLoopback } from './activity.ts';
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

/** The SDK's adapter under the bot's identity; where a turn fails it says sorry and goes on. */
export function cloudAdapter(
  identity: AppIdentity | null,
  sorry: (locale: string | undefined) => string,
  failed: Failed,
): CloudAdapter {
  const adapter = new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication(
      identity
        ? {
            MicrosoftAppId: identity.id,
            MicrosoftAppPassword: identity.password,
            MicrosoftAppType: identity.type,
            MicrosoftAppTenantId: identity.tenant,
          }
        : {},
    ),
  );
  adapter.onTurnError = async (context: TurnContext, error: Error) => {
    failed({ activity: context.activity.id ?? '', error: error.name });
    // Nobody is there to hear it but a person who has just done something.
    if (context.activity.type === ActivityTypes.Event) throw error;
    try {
      await context.sendActivity(sorry(context.activity.locale));
    } catch {
      throw new DeliveryFailed();
    }
  };
  return adapter;
}

/**
 * The handler of `/api/messages`: what is not an activity gets 400, what lacks a valid token 401 (from the SDK), and
 * without an app identity only loopback addresses are ever called back.
 */
export function messagesEndpoint(bot: PrivacyBot, adapter: CloudAdapter, identity: AppIdentity | null) {
  return async (request: Request, response: Response): Promise<void> => {
    const parsed = activitySchema.safeParse(request.body);
    if (!parsed.success) {
      const faults = parsed.error.issues.map(
        (issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`,
      );
      response.send(400, { error: 'This is not a Bot Framework activity', faults });
      return;
    }
    if (!identity && !isLoopback(parsed.data.serviceUrl)) {
      response.send(400, { error: 'serviceUrl must be on this machine: no app id is configured' });
      return;
    }
    await adapter.process(request as never, response as unknown as BotResponse, (context) =>
      bot.run(context),
    );
  };
}
