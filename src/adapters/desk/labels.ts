import type { Content } from '../../content/content.ts';
import type { Say } from '../../pages/site-page.ts';
import type { Recipient, Status, Ticket } from '../../tickets/ticket.ts';

/** The ids of the texts for values that stand in tickets. */
export const teamTexts: Record<Recipient['team'], string> = {
  privacy_office: 'desk.team.privacy_office',
  marketing: 'desk.team.marketing',
  security: 'desk.team.security',
  dpo: 'desk.team.dpo',
  queue: 'desk.team.queue',
};

export const entityTexts: Record<Recipient['entity'], string> = {
  limited: 'desk.entity.limited',
  inc: 'desk.entity.inc',
  marketsource_client: 'desk.entity.marketsource_client',
};

export const identityTexts: Record<Ticket['identity'], string> = {
  unconfirmed: 'desk.identity.unconfirmed',
  email_confirmed: 'desk.identity.email_confirmed',
  verified: 'desk.identity.verified',
};

/** States in a word or two, for lists and choices. */
export const statusTexts: Record<Status, string> = {
  draft: 'desk.status.draft',
  submitted: 'desk.status.submitted',
  awaiting_verification: 'desk.status.awaiting_verification',
  in_progress: 'desk.status.in_progress',
  extended: 'desk.status.extended',
  completed: 'desk.status.completed',
  refused: 'desk.status.refused',
  withdrawn: 'desk.status.withdrawn',
  referred: 'desk.status.referred',
  expired: 'desk.status.expired',
};

/** What a field is called at the desk, where it is about somebody else; one that is not known keeps its name. */
export function slotLabel(slot: string, content: Content, say: Say): string {
  const own = ownSlotTexts.get(slot);
  if (own) return say(own);
  return slot in content.slots ? say(`slot.${slot}`) : slot;
}

const ownSlotTexts: ReadonlyMap<string, string> = new Map([
  ['country', 'desk.slot.country'],
  ['relation', 'desk.slot.relation'],
]);

/** What a channel is called; one that is not known keeps its name. */
export function channelName(channel: string, say: Say): string {
  const text = channelTexts.get(channel);
  return text ? say(text) : channel;
}

/** The ways in which a request reaches an officer, who files it. */
export const filedChannels = ['phone', 'letter', 'email', 'meeting'] as const;

const channelTexts: ReadonlyMap<string, string> = new Map([
  ['web', 'desk.channel.web'],
  ['webchat', 'desk.channel.web'],
  ['directline', 'desk.channel.web'],
  ['msteams', 'desk.channel.msteams'],
  ['form', 'desk.channel.form'],
  ['api', 'desk.channel.api'],
  ['terminal', 'desk.channel.terminal'],
  ['phone', 'desk.channel.phone'],
  ['letter', 'desk.channel.letter'],
  ['email', 'desk.channel.email'],
  ['meeting', 'desk.channel.meeting'],
]);
