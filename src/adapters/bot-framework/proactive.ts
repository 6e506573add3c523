import type { CloudAdapter, ConversationParameters, TurnContext } from 'botbuilder';
import { referenceTo, type TeamsPerson } from './teams-people.ts';

/** For whom the bot's token is made when it begins a conversation. */
const CONNECTOR = 'https://api.botframework.com';

/** Goes on in somebody's personal chat with the bot in Teams, from outside of a turn. */
export type WriteTo = (person: TeamsPerson, logic: (context: TurnContext) => Promise<void>) => Promise<void>;

/**
 * Writes to people in Teams: in their chat with the bot, or in one that is begun for it. Rejects where Teams refuses,
 * such as for somebody who does not have the app.
 */
export function writerTo(adapter: CloudAdapter, appId: string): WriteTo {
  return async (person, logic) => {
    if (person.chat !== null) {
      await adapter.continueConversationAsync(appId, referenceTo(person, person.chat), logic);
      return;
    }
    await adapter.createConversationAsync(
      appId,
      'msteams',
      person.serviceUrl,
      CONNECTOR,
      {
        isGroup: false,
        bot: { ...person.bot, name: '' },
        members: [{ ...person.user, name: '' }],
        tenantId: person.tenant,
        channelData: { tenant: { id: person.tenant } },
      } as ConversationParameters,
      logic,
    );
  };
}
