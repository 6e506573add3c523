import type { RequestHandler, Server } from 'restify';
import { z } from 'zod';
import { ticketNumbersIn } from '../../tickets/ticket-number.ts';
import type { Answering } from './answering.ts';
import type { DeskParts } from './desk-parts.ts';
import { actorOf } from './officer.ts';
import { queuePage } from './queue-page.ts';
import { filterText, openCursor, queryOf, readFilter, sealCursor } from './queue-query.ts';

/** So many hits of a search are shown. */
const HITS = 100;

const address = z.email();

/** The routes of the queue and the search. */
export function queueRoutes({ office, tickets }: DeskParts, { page, form }: Answering) {
  const queue = page('reader', async ({ query, scene, session }) => {
    const filter = readFilter(query);
    const cursor = openCursor(query.get('cursor'), session);
    const { officer } = session;
    const found = await office.find(queryOf(filter, officer.id, scene.now, cursor), actorOf(officer));
    const fields = filterText(filter);
    const next = found.cursor === null ? null : sealCursor(found.cursor, session);
    const view = {
      filter,
      tickets: found.tickets.map(({ ticket }) => ticket),
      next: next && `/desk?${fields ? `${fields}&` : ''}cursor=${encodeURIComponent(next)}`,
      first: cursor === null ? null : `/desk${fields ? `?${fields}` : ''}`,
      search: null,
    };
    return { status: 200, page: queuePage(view, { ...scene, path: '/desk' }) };
  });
  // By POST, so that no person's address stands in an address, a history or a log.
  const search = form('reader', async ({ form: { find = '' }, scene, session }) => {
    const [number] = ticketNumbersIn(find);
    const isThere = number !== undefined && (await tickets.byNumber(number)) !== null;
    if (isThere) return { to: `/desk/ticket/${number}` };
    const email = address.safeParse(find.trim()).data;
    const hits = email
      ? await office.find({ email, limit: HITS }, actorOf(session.officer))
      : { tickets: [], cursor: null };
    const text =
      email === undefined
        ? number === undefined
          ? 'desk.search_what'
          : 'desk.search_no_number'
        : hits.cursor === null
          ? 'desk.search_found'
          : 'desk.search_more';
    const view = {
      filter: readFilter(new URLSearchParams()),
      tickets: hits.tickets.map(({ ticket }) => ticket),
      next: null,
      first: null,
      search: { text, values: { count: String(hits.tickets.length) } },
    };
    return { status: email || number ? 200 : 422, page: queuePage(view, scene) };
  });
  return (server: Server, throttle: RequestHandler): void => {
    server.get('/desk', throttle, queue);
    server.post('/desk/search', throttle, search);
  };
}
