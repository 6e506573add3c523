import type { StoredTicket } from '../../tickets/ticket-store.ts';
import { formTokens } from './form-token.ts';
import { ownerSessions } from './owner-session.ts';
import { notThere, PageFault } from './page-fault.ts';
import type { Asked } from './private-pages.ts';
import type { RequestParts } from './request-parts.ts';

/** A ticket that a link opens, and whether its owner's session is open too. */
export interface Opened {
  found: StoredTicket;
  path: string;
  isOwner: boolean;
  /** A token for the forms on the page. */
  form: string;
}

/** Opens tickets for those who ask for their pages. */
export interface Door {
  /** @throws {PageFault} 404 where the link opens nothing, or nothing any longer. */
  open(asked: Asked): Promise<Opened>;
  /** For what is sent from the page. @throws {PageFault} as above; 403 where the form is not the page's own. */
  openForm(asked: Asked): Promise<Opened>;
  /** @throws {PageFault} as above; 403 where the address has not been confirmed in this browser. */
  openOwn(asked: Asked, isSent: boolean): Promise<Opened>;
}

/** The door to the tickets of a store. */
export function doorTo(parts: RequestParts): Door {
  const tokens = formTokens(parts.secret);
  const sessions = ownerSessions(parts.documents);
  const open = async ({ params, visitor, owner, now }: Asked): Promise<Opened> => {
    const token = params.token ?? '';
    const found = /^[\w-]{43}$/.test(token) ? await parts.tickets.byToken(token) : null;
    if (!found || parts.owners.isPast(found.ticket, now)) throw notThere();
    return {
      found,
      path: `/request/${token}`,
      isOwner: (await sessions.ticketOf(owner, now)) === found.ticket.id,
      form: tokens.issue(found.ticket.id, visitor, now),
    };
  };
  const openForm = async (asked: Asked): Promise<Opened> => {
    const opened = await open(asked);
    const known = tokens.read(opened.found.ticket.id, asked.visitor, asked.form.form, asked.now);
    if (!known || known.isOld) throw new PageFault(403, 'form_page.fault_old');
    return opened;
  };
  return {
    open,
    openForm,
    async openOwn(asked, isSent) {
      const opened = await (isSent ? openForm(asked) : open(asked));
      if (!opened.isOwner) throw new PageFault(403, 'own.fault_unconfirmed');
      return opened;
    },
  };
}
