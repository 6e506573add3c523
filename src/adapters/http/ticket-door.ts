import type { Locale } from '../../text/words.ts';
import type { StoredTicket } from '../../tickets/ticket-store.ts';
import { faultPage } from './fault-page.ts';
import { formTokens } from './form-token.ts';
import { ownerSessions } from './owner-session.ts';
import { notThere, PageFault } from './page-fault.ts';
import type { Answering, Asked, Given } from './private-pages.ts';
import type { RequestParts } from './request-parts.ts';

/** A ticket that a link opens, and whether its owner's session is open too. */
export interface Opened {
  found: StoredTicket;
  /** The language of its pages: the one the address names, or the ticket's own. */
  locale: Locale;
  isOwner: boolean;
  /** A token for the forms on the page. */
  form: string;
  /** The address of its page, or of one below it, in the language that was asked for. */
  at(below?: string, query?: Readonly<Record<string, string>>): string;
}

/** What is given to somebody who has come in. */
export type Receiving = (opened: Opened, asked: Asked) => Promise<Given>;

/**
 * Opens tickets for those who ask for their pages. What goes wrong inside is told in the language of the ticket, with
 * the way back to its page.
 */
export interface Door {
  /** @throws {PageFault} 404 where the link opens nothing, or nothing any longer. */
  open(receive: Receiving): Answering;
  /** For what is sent from the page: 403 where the form is not the page's own. @throws {PageFault} as above. */
  openForm(receive: Receiving): Answering;
  /** For the owner alone: 403 where the address has not been confirmed in this browser. @throws {PageFault} as above. */
  openOwn(receive: Receiving): Answering;
  /** Both: what the owner sends. @throws {PageFault} as above. */
  openOwnForm(receive: Receiving): Answering;
}

/** The door to the tickets of a store. */
export function doorTo(parts: RequestParts): Door {
  const tokens = formTokens(parts.secret);
  const sessions = ownerSessions(parts.documents);
  const enter = async ({ params, lang, visitor, owner, now }: Asked): Promise<Opened> => {
    const token = params.token ?? '';
    const found = /^[\w-]{43}$/.test(token) ? await parts.tickets.byToken(token) : null;
    if (!found || parts.owners.isPast(found.ticket, now)) throw notThere();
    return {
      found,
      locale: lang ?? found.ticket.locale,
      isOwner: await sessions.opens(owner, found.ticket, now),
      form: tokens.issue(found.ticket.id, visitor, now),
      at: (below = '', query = {}) => ticketAddress(token, lang, below, query),
    };
  };
  const isOwnForm = ({ found }: Opened, { visitor, form, now }: Asked) => {
    const known = tokens.read(found.ticket.id, visitor, form.form, now);
    return known !== null && !known.isOld;
  };
  const behind =
    (needs: { form?: boolean; owner?: boolean }, receive: Receiving): Answering =>
    async (asked) => {
      const opened = await enter(asked);
      try {
        if (needs.form && !isOwnForm(opened, asked)) throw new PageFault(403, 'form_page.fault_old');
        if (needs.owner && !opened.isOwner) throw new PageFault(403, 'own.fault_unconfirmed');
        return await receive(opened, asked);
      } catch (error) {
        return faultPage(error, opened.locale, parts, opened.at());
      }
    };
  return {
    open: (receive) => behind({}, receive),
    openForm: (receive) => behind({ form: true }, receive),
    openOwn: (receive) => behind({ owner: true }, receive),
    openOwnForm: (receive) => behind({ form: true, owner: true }, receive),
  };
}

/** The address of a ticket's page, or of one below it; `lang` where the page is to be in another language than its own. */
export function ticketAddress(
  token: string,
  lang: Locale | null,
  below: string,
  query: Readonly<Record<string, string>>,
): string {
  const search = new URLSearchParams({ ...query, ...(lang && !query.lang ? { lang } : {}) }).toString();
  return `/request/${token}${below}${search && `?${search}`}`;
}
