import type { Say } from '../../pages/site-page.ts';
import type { AuditEntry } from '../../tickets/audit.ts';
import { type DeskScene, officerName } from './desk-page.ts';
import { identityTexts, slotLabel, statusTexts } from './labels.ts';
import { typeTitle } from './type-title.ts';

/** What was done, in words; what is not known here keeps the name that it has in the log. */
export function actionName(action: string, say: Say): string {
  const text = actionTexts.get(action);
  return text ? say(text) : action;
}

/** What an entry tells besides, in words: its ids, states and figures. */
export function detailText({ action, detail }: AuditEntry, scene: DeskScene): string {
  const isOfficer = action === 'ticket.assign';
  return Object.entries(detail)
    .map(([name, value]) => {
      const label = labelTexts.get(name);
      const shown = isOfficer ? officerOrNobody(String(value), scene) : valueText(name, String(value), scene);
      return `${label ? scene.say(label) : name}: ${shown}`;
    })
    .join(', ');
}

function officerOrNobody(id: string, scene: DeskScene): string {
  return id === '' ? scene.say('desk.nobody') : officerName(id, scene);
}

function valueText(name: string, value: string, scene: DeskScene): string {
  const { content, say } = scene;
  if (name === 'type') return typeTitle(value, scene);
  if (name === 'slots')
    return value
      .split(',')
      .map((slot) => slotLabel(slot, content, say))
      .join(', ');
  const text = valueTexts.get(value);
  return text ? say(text) : value;
}

const actionTexts: ReadonlyMap<string, string> = new Map([
  ['ticket.look', 'desk.action.look'],
  ['ticket.list', 'desk.action.list'],
  ['ticket.file', 'desk.action.file'],
  ['ticket.move', 'desk.action.move'],
  ['ticket.assign', 'desk.action.assign'],
  ['ticket.note', 'desk.action.note'],
  ['ticket.identify', 'desk.action.identify'],
  ['ticket.amend', 'desk.action.amend'],
  ['ticket.export', 'desk.action.export'],
  ['audit.look', 'desk.action.audit'],
  ['desk.sign_in', 'desk.action.sign_in'],
  ['desk.sign_out', 'desk.action.sign_out'],
  ['retention.purge', 'desk.action.purge'],
  ['mail.given_up', 'desk.action.mail_given_up'],
  ['webhook.given_up', 'desk.action.webhook_given_up'],
]);

const labelTexts: ReadonlyMap<string, string> = new Map([
  ['found', 'desk.detail.found'],
  ['searched', 'desk.detail.searched'],
  ['numbers', 'desk.detail.numbers'],
  ['from', 'desk.detail.from'],
  ['to', 'desk.detail.to'],
  ['notes', 'desk.detail.notes'],
  ['identity', 'desk.detail.identity'],
  ['slots', 'desk.detail.slots'],
  ['type', 'desk.detail.type'],
  ['format', 'desk.detail.format'],
  ['before', 'desk.detail.before'],
  ['after', 'desk.detail.after'],
  ['way', 'desk.detail.way'],
  ['tickets', 'desk.detail.tickets'],
  ['kind', 'desk.detail.kind'],
  ['target', 'desk.detail.target'],
  ['why', 'desk.detail.why'],
]);

// Other values are figures, numbers of tickets and codes of mail servers.
const valueTexts: ReadonlyMap<string, string> = new Map([
  ...Object.entries(statusTexts),
  ...Object.entries(identityTexts),
  ['email', 'desk.detail.by_email'],
  ['phone', 'desk.detail.by_phone'],
  ['link', 'desk.detail.by_link'],
  ['openid', 'desk.detail.by_openid'],
  ['mail.receipt', 'desk.detail.receipt'],
  ['mail.moved', 'desk.detail.moved'],
  ['mail.code', 'desk.detail.code'],
]);
