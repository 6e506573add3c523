import type { RequestHandler, Server } from 'restify';
import type { TicketPage } from '../../tickets/ticket-store.ts';
import type { Answer, Answering, SignedInVisit } from './answering.ts';
import type { DeskParts } from './desk-parts.ts';
import { actorOf } from './officer.ts';
import { queuePage } from './queue-page.ts';
import { openCursor, orderOf, PAGE, queueAddress, readFilter, sealCursor, wantedBy } from './queue-query.ts';
import { searchPage } from './search-page.ts';
import { soughtIn } from './search-query.ts';

/** So many hits of a search are shown. */
const HITS = 100;
/** The longest address of a mailbox. */
const LONGEST_SEARCH = 254;

type Hits = Pick<TicketPage, 'tickets' | 'unreadable' | 'cursor'>;

/** The routes of the queue and the search. */
export function queueRoutes(parts: DeskParts, { page, form, sessions }: Answering) {
  const { content, office, tickets } = parts;
  const queue = page('reader', async ({ query, scene, session }): Promise<Answer> => {
    const filter = readFilter(query, scene.names);
    const cursor = openCursor(query.get('cursor'), session);
    const { officer } = session;
    const wanted = (what: typeof filter) => wantedBy(what, officer.id, content.requests, scene.now);
    const order = orderOf(filter);
    const found = await office.find({ ...wanted(filter), order, limit: PAGE, cursor }, actorOf(officer));
    // What was on the page has gone elsewhere.
    if (cursor !== null && found.tickets.length + found.unreadable === 0) return { to: queueAddress(filter) };
    const path = queueAddress(filter, cursor && sealCursor(cursor, session));
    await sessions.keep(session, { queue: path });
    const other = (place: string | null) => place && queueAddress(filter, sealCursor(place, session));
    const view = {
      filter,
      order,
      tickets: found.tickets.map(({ ticket }) => ticket),
      unreadable: found.unreadable,
      total: await tickets.count(wanted(filter)),
      urgent: await tickets.count(wanted(readFilter(new URLSearchParams({ urgent: 'yes' }), {}))),
      next: other(found.cursor),
      back: other(found.back),
      first: found.back && queueAddress(filter),
    };
    return { status: 200, page: queuePage(view, { ...scene, path }) };
  });

  // What is searched for comes by POST and is kept in the session, so that no person's address stands in an address, a
  // history or a log, and the page of what was found can be come back to.
  const ask = form('reader', async ({ form: { find = '' }, session }): Promise<Answer> => {
    await sessions.keep(session, { search: find.trim().slice(0, LONGEST_SEARCH) });
    return { to: '/desk/search' };
  });

  const search = page('reader', async ({ scene, session }): Promise<Answer> => {
    const hits = await hitsOf(session);
    const [only] = hits?.tickets ?? [];
    if (only && hits && hits.tickets.length + hits.unreadable === 1)
      return { to: `/desk/ticket/${only.ticket.number}` };
    const view = {
      find: session.search,
      tickets: hits?.tickets.map(({ ticket }) => ticket) ?? [],
      isMore: hits?.cursor != null,
      unreadable: hits?.unreadable ?? 0,
    };
    return { status: 200, page: searchPage(view, { ...scene, path: '/desk/search' }) };
  });

  const hitsOf = async ({ search: find, officer }: SignedInVisit['session']): Promise<Hits | null> => {
    const sought = soughtIn(find, content);
    if (!sought) return null;
    if (!('number' in sought)) return office.find({ ...sought, limit: HITS }, actorOf(officer));
    const { number } = sought;
    return tickets.byNumber(number).then(
      (one) => ({ tickets: one ? [one] : [], unreadable: 0, cursor: null }),
      // One that cannot be read: a list counts it.
      () => tickets.find({ numberPart: number, limit: 1 }),
    );
  };

  return (server: Server, throttle: RequestHandler): void => {
    server.get('/desk', throttle, queue);
    server.post('/desk/search', throttle, ask);
    server.get('/desk/search', throttle, search);
  };
}
