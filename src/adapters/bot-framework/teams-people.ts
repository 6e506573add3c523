import type { Activity, ConversationReference } from 'botbuilder';
import { TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { DocumentStore } from '../../tickets/ticket-store.ts';
import { isGroup } from './heard.ts';

/** Where somebody in Teams can be written to: their chat with the bot, or all it takes to begin one. */
const personSchema = z.object({
  serviceUrl: z.url(),
  tenant: z.string(),
  bot: z.looseObject({ id: z.string() }),
  user: z.looseObject({ id: z.string() }),
  /** Their personal chat with the bot, once there is one. */
  chat: z.string().nullable(),
});
export type TeamsPerson = z.infer<typeof personSchema>;

/** Longer than the longest deadline with its extension: an address that has not been used since is forgotten. */
const KEPT_DAYS = 400;
const DAY_MS = 24 * 3_600_000;

/** The address book of Teams, by object id in Entra ID; an address is kept when its owner does something. */
export interface TeamsPeople {
  remember(activity: Activity, now: Date): Promise<void>;
  find(aadObjectId: string, now: Date): Promise<TeamsPerson | null>;
}

/** The tenant an activity comes from, as Teams says it. */
export function tenantOf({ channelData, conversation }: Activity): string | undefined {
  const told = z.looseObject({ tenant: z.looseObject({ id: z.string() }) }).safeParse(channelData).data;
  return told?.tenant.id ?? conversation.tenantId;
}

/** The address book on the document store. */
export function teamsPeopleIn(documents: DocumentStore): TeamsPeople {
  const keyOf = (aadObjectId: string) => `teams/person/${aadObjectId}`;
  const find = async (aadObjectId: string, now: Date) => {
    const key = keyOf(aadObjectId);
    return personSchema.safeParse((await documents.read([key], now)).get(key)?.value).data ?? null;
  };
  return {
    find,
    async remember(activity, now) {
      const { aadObjectId } = activity.from;
      if (!aadObjectId) return;
      const before = await find(aadObjectId, now);
      const chat = isGroup(activity) ? (before?.chat ?? null) : activity.conversation.id;
      const person: TeamsPerson = {
        serviceUrl: activity.serviceUrl,
        tenant: tenantOf(activity) ?? '',
        bot: { id: activity.recipient.id },
        user: { id: activity.from.id },
        chat,
      };
      const expires = new Date(now.getTime() + KEPT_DAYS * DAY_MS);
      await documents.write(keyOf(aadObjectId), person, '*', now, expires);
    },
  };
}

/** The reference by which the SDK goes on in somebody's chat. */
export function referenceTo(
  { serviceUrl, bot, user, tenant }: TeamsPerson,
  chat: string,
): Partial<ConversationReference> {
  return {
    channelId: 'msteams',
    serviceUrl,
    bot: { ...bot, name: '' },
    user: { ...user, name: '' },
    conversation: { id: chat, isGroup: false, conversationType: 'personal', tenantId: tenant, name: '' },
  };
}

/** The reference of the conversation an activity came in. */
export function referenceOf(activity: Activity): Partial<ConversationReference> {
  return TurnContext.getConversationReference(activity);
}
