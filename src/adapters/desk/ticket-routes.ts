import type { RequestHandler, Server } from 'restify';
import { openStatuses } from '../../tickets/due-state.ts';
import { TransitionError } from '../../tickets/life-cycle.ts';
import { ticketNumbersIn } from '../../tickets/ticket-number.ts';
import { EtagMismatch } from '../../tickets/ticket-store.ts';
import { type Answer, type Answering, problem, type SignedInVisit } from './answering.ts';
import type { DeskParts } from './desk-parts.ts';
import { hasGap } from './move-forms.ts';
import { actorOf, may } from './officer.ts';
import { act, type TicketAction, ticketActionSchema } from './ticket-actions.ts';
import { deskTicketPage, type TicketView } from './ticket-page.ts';

const DUPLICATES = 20;
const AUDIT_ENTRIES = 500;

/** The routes of one ticket: its page, what is done with it, and its export. */
export function deskTicketRoutes(parts: DeskParts, { page, form }: Answering) {
  const { audit, clock, office, tickets } = parts;
  const find = async (visit: SignedInVisit) => {
    const [number] = ticketNumbersIn(String(visit.request.params.number));
    return number === undefined ? null : tickets.byNumber(number);
  };
  const unknown = (visit: SignedInVisit) =>
    problem(404, visit.scene, 'desk.unknown_ticket', { text: visit.form.text ?? '' });
  const show = async (
    id: string,
    status: number,
    { notice, typed }: Pick<TicketView, 'notice' | 'typed'>,
    visit: SignedInVisit,
  ): Promise<Answer> => {
    const { officer } = visit.session;
    const found = await office.look(id, actorOf(officer));
    if (!found) return unknown(visit);
    const { ticket } = found;
    const { email } = ticket.slots;
    const same = email
      ? await office.find(
          { email, type: ticket.type, statuses: openStatuses, limit: DUPLICATES },
          actorOf(officer),
        )
      : { tickets: [] };
    const view: TicketView = {
      found,
      duplicates: same.tickets.map((each) => each.ticket).filter((each) => each.id !== id),
      audit: may(officer, 'administrator') ? await audit.about(id, AUDIT_ENTRIES) : null,
      notice,
      typed,
    };
    const scene = { ...visit.scene, path: `/desk/ticket/${ticket.number}` };
    return { status, page: deskTicketPage(view, scene) };
  };

  const look = page('reader', async (visit) => {
    const found = await find(visit);
    if (!found) return unknown(visit);
    const done = doneTexts.find(([action]) => action === visit.query.get('done'));
    const notice = done ? { is: 'done' as const, text: done[1] } : null;
    return show(found.ticket.id, 200, { notice, typed: null }, visit);
  });

  const change = form('officer', async (visit) => {
    const found = await find(visit);
    if (!found) return unknown(visit);
    const { do: what = '', to = '', text = '' } = visit.form;
    const again = (status: number, why: string) =>
      show(
        found.ticket.id,
        status,
        { notice: { is: 'problem', text: why }, typed: { do: what, to, text } },
        visit,
      );
    const action = ticketActionSchema.safeParse(visit.form);
    if (!action.success) return again(422, 'desk.bad_action');
    if (action.data.do === 'move' && hasGap(action.data.text, parts)) return again(422, 'desk.fill_gap');
    try {
      await act(action.data, found, office, actorOf(visit.session.officer));
    } catch (error) {
      if (error instanceof EtagMismatch) return again(409, 'desk.changed_meanwhile');
      if (error instanceof TransitionError) return again(422, 'desk.bad_step');
      throw error;
    }
    return { to: `/desk/ticket/${found.ticket.number}?done=${action.data.do}` };
  });

  const take = page('administrator', async (visit) => {
    const { officer } = visit.session;
    const known = await find(visit);
    const found = known && (await office.look(known.ticket.id, actorOf(officer)));
    if (!found) return unknown(visit);
    const { ticket } = found;
    const at = clock().toISOString();
    await audit.append({
      at,
      by: actorOf(officer),
      action: 'ticket.export',
      ticketId: ticket.id,
      detail: {},
    });
    // What opens the ticket, and how it was made, is nobody's to take along.
    const { tokenHash: _token, idempotencyKey: _key, ...rest } = ticket;
    return { file: `${JSON.stringify(rest, null, 2)}\n`, name: `${ticket.number}.json` };
  });

  return (server: Server, throttle: RequestHandler): void => {
    server.get('/desk/ticket/:number', throttle, look);
    server.post('/desk/ticket/:number', throttle, change);
    server.get('/desk/ticket/:number/export', throttle, take);
  };
}

const doneTexts: readonly (readonly [TicketAction['do'], string])[] = [
  ['move', 'desk.done.move'],
  ['assign', 'desk.done.assign'],
  ['note', 'desk.done.note'],
  ['identify', 'desk.done.identify'],
];
