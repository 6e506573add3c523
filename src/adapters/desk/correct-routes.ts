import type { RequestHandler, Server } from 'restify';
import type { RequestType } from '../../content/dialogs-schema.ts';
import { fieldsOf } from '../../conversation/form.ts';
import { faultText, noteMissingByCall, readFields } from '../../conversation/read-fields.ts';
import { amended } from '../../tickets/amended.ts';
import { allowedNext } from '../../tickets/life-cycle.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { EtagMismatch, type StoredTicket } from '../../tickets/ticket-store.ts';
import type { Answer, Answering, SignedInVisit } from './answering.ts';
import { correctPage } from './correct-page.ts';
import type { DeskParts } from './desk-parts.ts';
import { doneWith } from './done-texts.ts';
import { actorOf } from './officer.ts';
import { problem } from './problem-page.ts';
import { type Filled, slotsTyped } from './slot-fields.ts';
import { needSame } from './ticket-actions.ts';
import { ticketOf, unknownTicket } from './ticket-routes.ts';
import { toldOnce } from './told-once.ts';

/** How a person is reached: fields that every ticket has here, whatever its form asks for. */
/** Who somebody is and how they are reached. */
export const REACHED_BY = ['name', 'email', 'phone'];

/** Left for this page where a form that has made the ticket already is sent once more with something else in it. */
export const FILED_BEFORE = 'filed.before';

/** The routes by which officers put right what stands in a ticket, such as a mistyped address. */
export function correctRoutes(parts: DeskParts, { page, form }: Answering) {
  const { content, office } = parts;
  const told = toldOnce(parts.isSecure);

  const open = async (
    visit: SignedInVisit,
    work: (found: StoredTicket, type: RequestType) => Promise<Answer>,
  ): Promise<Answer> => {
    const found = await ticketOf(visit, parts);
    if (!found) return unknownTicket(visit);
    const type = content.requests.get(found.ticket.type);
    if (!type || allowedNext(found.ticket.status).length === 0)
      return problem(409, visit.scene, 'desk.correct_ended', visit.form);
    return work(found, type);
  };
  const show = (
    found: StoredTicket,
    type: RequestType,
    filled: Filled,
    { scene }: SignedInVisit,
    problems: { status: number; notice: string } | null = null,
  ): Answer => ({
    status: problems?.status ?? 200,
    page: correctPage(found, slotsOf(found.ticket, type), filled, problems?.notice ?? null, scene),
  });
  const slotsOf = (ticket: Ticket, type: RequestType) => {
    const wanted = new Set([...REACHED_BY, ...fieldsOf(type), ...Object.keys(ticket.slots)]);
    return Object.keys(content.slots).filter((slot) => wanted.has(slot));
  };

  const look = page('officer', (visit) =>
    open(visit, async ({ ticket }, type) => {
      const found = await office.look(ticket.id, actorOf(visit.session.officer));
      if (!found) return unknownTicket(visit);
      const filled = { shown: found.ticket.slots, faults: new Map() };
      if (told.read(visit.request) !== FILED_BEFORE) return show(found, type, filled, visit);
      const answer = show(found, type, filled, visit, { status: 200, notice: 'desk.filed_before' });
      return { ...answer, cookies: [told.clear(ticket.number)] };
    }),
  );

  const keep = form('officer', (visit) =>
    open(visit, async (found, type) => {
      const { ticket } = found;
      const known = slotsOf(ticket, type);
      const read = readFields(slotsTyped(visit.form), known, content);
      noteMissingByCall(read, type);
      const { slots, shown, masked } = read;
      const faults = new Map(
        [...read.faults].map(([slot, wrong]) => [slot, faultText(slot, wrong, type, content)]),
      );
      const filled = { shown, faults };
      if (faults.size > 0)
        return show(found, type, filled, visit, { status: 422, notice: 'desk.correct_wrong' });
      const others = Object.entries(ticket.slots).filter(([slot]) => !known.includes(slot));
      const changed = amended(ticket, { ...Object.fromEntries(others), ...slots }, content);
      const isSame = known.every((slot) => slots[slot] === ticket.slots[slot]);
      if (isSame) return { to: `/desk/ticket/${ticket.number}` };
      try {
        needSame({ etag: visit.form.etag ?? '' }, found);
        await office.amend(found, changed, actorOf(visit.session.officer));
      } catch (error) {
        if (!(error instanceof EtagMismatch)) throw error;
        const now = (await ticketOf(visit, parts)) ?? found;
        return show(now, type, filled, visit, { status: 409, notice: 'desk.changed_meanwhile' });
      }
      const done = doneWith('correct', masked);
      return { to: `/desk/ticket/${ticket.number}`, cookies: [told.leave(ticket.number, done)] };
    }),
  );

  return (server: Server, throttle: RequestHandler): void => {
    server.get('/desk/ticket/:number/correct', throttle, look);
    server.post('/desk/ticket/:number/correct', throttle, keep);
  };
}
