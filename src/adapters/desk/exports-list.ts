import { type CannotCarry, type Format, formats, type Obstacle } from '../../exports/cannot-carry.ts';
import { type Html, html } from '../../pages/html.ts';
import type { Say } from '../../pages/site-page.ts';
import type { Ticket } from '../../tickets/ticket.ts';

/** A link to the ticket in each format. */
export function exportsList({ number }: Ticket, say: Say): Html {
  return html`<p>${say('desk.export_lead')}</p>
<ul>
${formats.map((format) => html`<li><a href="/desk/ticket/${number}/export/${format}">${say(formatTexts[format])}</a></li>\n`)}</ul>
`;
}

/** Why a ticket cannot be taken along in a format. */
export function obstacleText({ format, obstacle }: CannotCarry, say: Say): string {
  return say(obstacleTexts[obstacle], { format: say(formatTexts[format]) });
}

const formatTexts: Record<Format, string> = {
  json: 'desk.format.json',
  fides: 'desk.format.fides',
  opendsr: 'desk.format.opendsr',
  drp: 'desk.format.drp',
};

const obstacleTexts: Record<Obstacle, string> = {
  not_set_up: 'desk.obstacle.not_set_up',
  no_policy: 'desk.obstacle.no_policy',
  type: 'desk.obstacle.type',
  law: 'desk.obstacle.law',
  scope: 'desk.obstacle.scope',
  no_contact: 'desk.obstacle.no_contact',
  not_open: 'desk.obstacle.not_open',
};
