import type { Courier } from '../../tickets/courier.ts';
import { allowedNext } from '../../tickets/life-cycle.ts';
import { isOfDue, remindAt } from '../../tickets/outbox.ts';
import { cardOf } from './card-action.ts';
import type { PrivacyBot } from './privacy-bot.ts';
import { attachment } from './said.ts';

/** Tells whoever filed a request for somebody else, in Teams, when it moves on or its date is near. */
export function filerCourier(bot: PrivacyBot): Courier {
  // A channel that takes long is asked about again instead of being told twice.
  const underWay = new Map<string, Promise<void>>();
  return {
    kinds: ['filer.moved', 'filer.near'],
    async deliver(entry, ticket, now) {
      const hasEnded = allowedNext(ticket.status).length === 0;
      if (entry.kind === 'filer.near') {
        if (hasEnded || !isOfDue(entry, ticket)) return 'told';
        const at = remindAt(ticket);
        if (at && at > now) return at;
      }
      const person = ticket.filedBy ? await bot.parts.people.find(ticket.filedBy.reference, now) : null;
      // Nobody of that id can be written to any more; the ticket itself is with those who handle it.
      if (!person) return 'told';
      const { content } = bot.host.assistant;
      const lead = content.replies[ticket.locale][entry.kind] ?? '';
      const writing = () =>
        bot.parts.writeTo(person, async (context) => {
          await context.sendActivities([
            { type: 'message', text: lead, locale: ticket.locale },
            {
              type: 'message',
              locale: ticket.locale,
              attachments: [attachment(cardOf(ticket, person.user.id, bot))],
            },
          ]);
        });
      const sending = underWay.get(entry.id) ?? writing();
      underWay.set(entry.id, sending);
      try {
        await sending;
      } finally {
        underWay.delete(entry.id);
      }
      return 'told';
    },
  };
}
