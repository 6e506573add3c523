import type { Activity, ConversationReference } from 'botbuilder';
import { z } from 'zod';
import type { DocumentStore } from '../../tickets/ticket-store.ts';
import { isGroup } from './heard.ts';

/** Where somebody in Teams can be written to: their chat with the bot, or all it takes to begin one. */
const personSchema = z.object({
  serviceUrl: z.url(),
  tenant: z.string(),
  bot: z.looseObject({ id: z.string() }),
  user: z.looseObject({ id: z.string() }),
  /** Their personal chat with the bot, where they have been heard in it. */
  chat: z.string().nullable(),
});
export type TeamsPerson = z.infer<typeof personSchema>;

/** Longer than the longest deadline with its extension: an address that has not been used since is forgotten. */
const KEPT_DAYS = 400;
const DAY_MS = 24 * 3_600_000;

/**
 * The address book of those who filed a request for somebody else in Teams, by their object id in Entra ID: they are
 * told how it goes. Nobody else is in it.
 */
export interface TeamsPeople {
  remember(activity: Activity, now: Date): Promise<void>;
  find(aadObjectId: string, now: Date): Promise<TeamsPerson | null>;
}

/** The tenant an activity comes from, as Teams says it; ids are compared without case. */
export function tenantOf({ channelData, conversation }: Activity): string {
  const told = z.looseObject({ tenant: z.looseObject({ id: z.string() }) }).safeParse(channelData).data;
  return (told?.tenant.id ?? conversation.tenantId ?? '').toLowerCase();
}

/** How to reach whoever an activity comes from. */
export function personOf(activity: Activity): TeamsPerson {
  // A message extension names the chat it was opened in, which may be one with somebody else.
  const isHere = activity.type === 'message' || activity.name === 'adaptiveCard/action';
  return {
    serviceUrl: activity.serviceUrl,
    tenant: tenantOf(activity),
    bot: { id: activity.recipient.id },
    user: { id: activity.from.id },
    chat: isHere && !isGroup(activity) ? activity.conversation.id : null,
  };
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
      const person = personOf(activity);
      const chat = person.chat ?? (await find(aadObjectId, now))?.chat ?? null;
      const expires = new Date(now.getTime() + KEPT_DAYS * DAY_MS);
      await documents.write(keyOf(aadObjectId), { ...person, chat }, '*', now, expires);
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
