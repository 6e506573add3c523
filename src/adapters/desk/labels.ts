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
