import type { Content } from '../../content/content.ts';
import { fillText } from '../../conversation/render.ts';
import { type Html, html } from '../../pages/html.ts';
import { dayOf, HOME_ZONE } from '../../tickets/calendar.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { DeskScene } from './desk-page.ts';

/** What tells the person whom to turn to, ready in their language but for who that is. */
export function referralText(ticket: Ticket, content: Content): string {
  const isEndCustomer = ticket.recipient.entity === 'marketsource_client';
  const id = isEndCustomer ? 'desk.referral.marketsource' : 'desk.referral.processor';
  const blank = fillText('desk.referral.blank', {}, content, ticket.locale);
  return fillText(id, { controller: blank, number: ticket.number }, content, ticket.locale);
}

/** Whether a text still has the gap that only the officer can fill. */
export function hasGap(text: string, content: Content): boolean {
  return (['sv', 'en'] as const).some((locale) =>
    text.includes(fillText('desk.referral.blank', {}, content, locale)),
  );
}

/** What the officer may write to the controller, to copy; who the person is is not in it. */
export function controllerText(ticket: Ticket, { content, locale, say }: DeskScene): Html {
  const text = fillText(
    'desk.referral.to_controller',
    {
      number: ticket.number,
      title: content.requests.has(ticket.type) ? { text: `request.${ticket.type}.title` } : ticket.type,
      day: { day: dayOf(new Date(ticket.receivedAt), HOME_ZONE) },
    },
    content,
    locale,
  );
  return html`<p><label for="to-controller">${say('desk.referral.to_controller_label')}</label>
<textarea id="to-controller" rows="12" readonly>
${text}</textarea></p>
`;
}
