import type { RequestType } from '../../content/dialogs-schema.ts';
import { fieldsOf } from '../../conversation/form.ts';
import { fingerprint } from '../../conversation/form-sent.ts';
import { type FilledIn, readRequest } from '../../conversation/read-fields.ts';
import { sayIn } from '../../pages/site-page.ts';
import type { Locale } from '../../text/words.ts';
import { allowedNext } from '../../tickets/life-cycle.ts';
import { ownerOf } from '../../tickets/owners.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { PageFault } from './page-fault.ts';
import type { Given, privatePages } from './private-pages.ts';
import { fillPage } from './request-form-page.ts';
import type { RequestParts } from './request-parts.ts';
import type { Door, Opened } from './ticket-door.ts';

/** Adds the form in which the owner of a ticket changes what they have sent, until it has been answered. */
export function amendRoutes(pages: ReturnType<typeof privatePages>, door: Door, parts: RequestParts): void {
  const { content, office } = parts;

  const fill = (
    opened: Opened,
    type: RequestType,
    filled: FilledIn,
    seen: string,
    notice: string | null = null,
  ): Given => {
    const { locale, form, at } = opened;
    const say = sayIn(content, locale);
    const texts = {
      title: say('own.amend_title', { title: { text: `request.${type.id}.title` } }),
      lead: say('own.amend_about'),
      button: say('own.amend_save'),
      act: 'save',
    };
    const action = (language: Locale) => at('/amend', language === locale ? {} : { lang: language });
    const frame = { locale, content, action, token: form, carried: { seen }, notice };
    return {
      status: notice ? 409 : filled.faults.size > 0 ? 422 : 200,
      locale,
      ...fillPage(type, filled, frame, texts),
    };
  };

  const open = door.openOwn(async (opened) => {
    const { ticket } = opened.found;
    const type = amendable(ticket, parts);
    await office.look(ticket.id, ownerOf(ticket));
    const filled = { slots: {}, shown: ticket.slots, faults: new Map(), masked: false };
    return fill(opened, type, filled, fingerprint(ticket));
  });

  const save = door.openOwnForm(async (opened, { form }) => {
    const { found, at } = opened;
    const { ticket } = found;
    const type = amendable(ticket, parts);
    const filled = readRequest(form, type, content);
    const seen = form.seen ?? '';
    const now = fingerprint(ticket);
    // Shown in the other language: nothing is done, and nothing is wrong yet.
    if (form.act === 'edit') return fill(opened, type, { ...filled, faults: new Map() }, seen);
    if (filled.faults.size > 0) return fill(opened, type, filled, seen);
    // Changed in another window, or by an officer: nothing of theirs is written over unseen.
    if (seen !== now) return fill(opened, type, filled, now, 'own.changed_meanwhile');
    const kept = Object.entries(ticket.slots).filter(([slot]) => !fieldsOf(type).includes(slot));
    await parts.owners.amend(found, { ...Object.fromEntries(kept), ...filled.slots });
    // A new address opens the page anew: what was shown was the old one.
    const isMoved = (filled.slots.email ?? '').toLowerCase() !== (ticket.slots.email ?? '').toLowerCase();
    return { to: at('', { told: isMoved ? 'moved' : 'amended' }) };
  });

  pages.get('/request/:token/amend', open);
  pages.post('/request/:token/amend', save);
}

/** @throws {PageFault} 409 where the ticket has ended. */
function amendable(ticket: Ticket, { content }: RequestParts): RequestType {
  const type = content.requests.get(ticket.type);
  if (!type || allowedNext(ticket.status).length === 0) throw new PageFault(409, 'form_page.fault_changed');
  return type;
}
