import type { RequestType } from '../../content/dialogs-schema.ts';
import { fieldsOf, fingerprint } from '../../conversation/form-sent.ts';
import { sayIn } from '../../pages/site-page.ts';
import { allowedNext } from '../../tickets/life-cycle.ts';
import { ownerOf } from '../../tickets/owners.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { PageFault } from './page-fault.ts';
import type { Asked, Given, privatePages } from './private-pages.ts';
import { asRequest, type FilledIn, readFields } from './read-fields.ts';
import { fillPage } from './request-form-page.ts';
import type { RequestParts } from './request-parts.ts';
import type { Door, Opened } from './ticket-door.ts';

/** Adds the form in which the owner of a ticket changes what they have sent, until it has been answered. */
export function amendRoutes(pages: ReturnType<typeof privatePages>, door: Door, parts: RequestParts): void {
  const { content, office } = parts;

  const fill = (
    ticket: Ticket,
    type: RequestType,
    filled: FilledIn,
    { path, form }: Opened,
    notice: string | null = null,
  ): Given => {
    const { locale } = ticket;
    const say = sayIn(content, locale);
    const texts = {
      title: say('own.amend_title', { title: { text: `request.${type.id}.title` } }),
      lead: say('own.amend_about'),
      button: say('own.amend_save'),
      act: 'save',
    };
    const carried = { seen: seenOf(ticket) };
    const frame = { locale, content, action: `${path}/amend`, token: form, carried, notice };
    return {
      status: notice ? 409 : filled.faults.size > 0 ? 422 : 200,
      locale,
      ...fillPage(type, filled, frame, texts),
    };
  };

  pages.get('/request/:token/amend', async (asked) => {
    const opened = await door.openOwn(asked, false);
    const { found } = opened;
    const type = amendable(found.ticket, parts);
    await office.look(found.ticket.id, ownerOf(found.ticket));
    const filled = { slots: {}, shown: found.ticket.slots, faults: new Map(), masked: false };
    return fill(found.ticket, type, filled, opened);
  });

  pages.post('/request/:token/amend', async (asked: Asked) => {
    const opened = await door.openOwn(asked, true);
    const { found, path } = opened;
    const { ticket } = found;
    const type = amendable(ticket, parts);
    const filled = readFields(asked.form, type, content);
    if (filled.faults.size > 0) return fill(ticket, type, filled, opened);
    // Changed in another window, or by an officer: nothing of theirs is written over unseen.
    if (asked.form.seen !== seenOf(ticket))
      return fill(ticket, type, filled, opened, 'own.changed_meanwhile');
    const kept = Object.entries(ticket.slots).filter(([slot]) => !fieldsOf(type).includes(slot));
    await parts.owners.amend(found, { ...Object.fromEntries(kept), ...filled.slots });
    return { to: `${path}?told=amended` };
  });
}

function seenOf({ type, slots }: Ticket): string {
  return fingerprint(asRequest('', type, slots));
}

/** @throws {PageFault} 409 where the ticket has ended. */
function amendable(ticket: Ticket, { content }: RequestParts): RequestType {
  const type = content.requests.get(ticket.type);
  if (!type || allowedNext(ticket.status).length === 0) throw new PageFault(409, 'form_page.fault_changed');
  return type;
}
