import { plainText } from '../conversation/plain-text.ts';
import type { Reply } from '../conversation/reply.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { type Action, type Card, card, facts, textBlock } from './card.ts';
import { type CardScene, words } from './card-scene.ts';

/** The receipt: the number, the day of the answer, and how that day was counted. */
export function receiptCard(
  reply: Extract<Reply, { is: 'receipt' }>,
  spoken: string,
  scene: CardScene,
): Card {
  const { links } = scene;
  const title = { text: `request.${reply.type}.title` };
  const link = links.ticket(reply.token);
  const actions: Action[] = link
    ? [{ type: 'Action.OpenUrl', title: words('card.follow', scene), url: link }]
    : [];
  const made = card(
    scene.state.locale,
    spoken,
    [
      textBlock(words('card.sent', scene, { title }), { style: 'heading' }),
      facts([
        { title: words('card.number', scene), value: `**${reply.number}**` },
        ...(reply.due
          ? [
              {
                title: dueLabel(reply.type, scene),
                value: words('card.day', scene, { day: { day: reply.due } }),
              },
            ]
          : []),
      ]),
      ...(reply.steps.length > 0
        ? [
            textBlock(words('receipt.counted', scene), { size: 'Small', weight: 'Bolder' }),
            textBlock(reply.steps.map((step) => `- ${words(step.id, scene, step.values)}`).join('\n'), {
              size: 'Small',
              spacing: 'None',
            }),
          ]
        : []),
      ...(link ? [textBlock(words('card.link_private', scene), { size: 'Small' })] : []),
    ],
    actions,
  );
  return refreshing(made, reply.number, scene);
}

/** How a ticket stands now: what a receipt becomes when Teams asks for it anew, and what a recruiter is told. */
export function ticketCard(ticket: Ticket, scene: CardScene): Card {
  const values = {
    number: ticket.number,
    title: { text: `request.${ticket.type}.title` },
    status: { text: `status.is.${ticket.status}` },
  };
  const spoken = ticket.due
    ? words('status.known', scene, { ...values, due: { day: ticket.due } })
    : words('status.known_undated', scene, values);
  const made = card(scene.state.locale, plainText(spoken), [
    textBlock(words(`request.${ticket.type}.title`, scene), { weight: 'Bolder', style: 'heading' }),
    facts([
      { title: words('card.number', scene), value: `**${ticket.number}**` },
      { title: words('card.status', scene), value: words(`status.is.${ticket.status}`, scene) },
      ...(ticket.due
        ? [
            {
              title: dueLabel(ticket.type, scene),
              value: words('card.day', scene, { day: { day: ticket.due } }),
            },
          ]
        : []),
    ]),
  ]);
  return refreshing(made, ticket.number, scene);
}

function dueLabel(type: string, scene: CardScene): string {
  const isAtOnce = scene.content.requests.get(type)?.deadline === 'at_once';
  return words(isAtOnce ? 'card.due_confirmation' : 'card.due', scene);
}

// Teams asks again when the person looks at the card; elsewhere nobody would.
function refreshing(made: Card, number: string, { surface, person }: CardScene): Card {
  return surface === 'teams'
    ? {
        ...made,
        refresh: { action: { type: 'Action.Execute', verb: 'ticket', data: { number } }, userIds: [person] },
      }
    : made;
}
