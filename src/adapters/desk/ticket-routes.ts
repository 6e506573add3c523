import type { RequestHandler, Server } from 'restify';
import { maskPersonalNumbers } from '../../conversation/personal-number.ts';
import { CannotCarry, formats } from '../../exports/cannot-carry.ts';
import { TransitionError } from '../../tickets/life-cycle.ts';
import { similarTo } from '../../tickets/similar-tickets.ts';
import { ticketNumbersIn } from '../../tickets/ticket-number.ts';
import { EtagMismatch, type StoredTicket } from '../../tickets/ticket-store.ts';
import type { Answer, Answering, SignedInVisit } from './answering.ts';
import type { DeskParts } from './desk-parts.ts';
import { doneTexts, doneWith } from './done-texts.ts';
import { obstacleText } from './exports-list.ts';
import { joinReason, joinTickets } from './join-tickets.ts';
import { isTyped, readyText } from './move-forms.ts';
import { actorOf, CONSOLE, may } from './officer.ts';
import { officerNamesIn } from './officer-names.ts';
import { problem, problemText } from './problem-page.ts';
import { hasGap } from './referral-texts.ts';
import { act, needSame, type TicketAction, ticketActionSchema } from './ticket-actions.ts';
import { pressedIn, type Typed, textField, typedIn } from './ticket-form.ts';
import { deskTicketPage, type TicketView } from './ticket-page.ts';
import { toldOnce } from './told-once.ts';
import { GIVEN_UP, undelivered } from './undelivered.ts';

/** So many of the last entries about a ticket are shown. */
const AUDIT_SHOWN = 500;

/** The ticket that a visit is about, or null where there is none. */
export async function ticketOf(
  visit: SignedInVisit,
  { tickets }: Pick<DeskParts, 'tickets'>,
): Promise<StoredTicket | null> {
  const [number] = ticketNumbersIn(String(visit.request.params.number));
  return number === undefined ? null : tickets.byNumber(number);
}

/** Says that there is no such ticket. */
export function unknownTicket(visit: SignedInVisit): Answer {
  return problem(404, visit.scene, 'desk.unknown_ticket', visit.form);
}

/** The routes of one ticket: its page, what is done with it, and its exports. */
export function deskTicketRoutes(parts: DeskParts, { page, form }: Answering) {
  const { audit, clock, content, office, tickets } = parts;
  const officers = officerNamesIn(parts.documents, clock);
  const told = toldOnce(parts.isSecure);

  const show = async (
    id: string,
    status: number,
    shown: { typed: Typed | null; done?: string | null; wrong?: string },
    visit: SignedInVisit,
  ): Promise<Answer> => {
    const { officer } = visit.session;
    const found = await office.look(id, actorOf(officer));
    if (!found) return unknownTicket(visit);
    const { ticket } = found;
    const { say } = visit.scene;
    const done = shown.done ? doneTexts(shown.done, ticket, say) : [];
    const notice = shown.wrong
      ? { is: 'problem' as const, texts: [say(shown.wrong)] }
      : { is: 'done' as const, texts: done };
    const view: TicketView = {
      found,
      duplicates: (await similarTo(ticket, tickets)).map((each) => each.ticket),
      takers: await officers.takers(),
      undelivered: undelivered(await audit.about(id, AUDIT_SHOWN, GIVEN_UP)),
      audit: may(officer, 'administrator') ? await audit.about(id, AUDIT_SHOWN) : null,
      notice: notice.texts.length > 0 ? notice : null,
      typed: shown.typed,
    };
    const scene = { ...visit.scene, path: `/desk/ticket/${ticket.number}` };
    return { status, page: deskTicketPage(view, scene) };
  };

  const look = page('reader', async (visit) => {
    const found = await ticketOf(visit, parts);
    if (!found) return unknownTicket(visit);
    const done = told.read(visit.request);
    const answer = await show(found.ticket.id, 200, { typed: null, done }, visit);
    return done === null ? answer : { ...answer, cookies: [told.clear(found.ticket.number)] };
  });

  const change = form('officer', async (visit) => {
    const found = await ticketOf(visit, parts);
    if (!found) return unknownTicket(visit);
    const { ticket } = found;
    const pressed = pressedIn(visit.form);
    const typed = typedIn(visit.form);
    const again = (status: number, wrong: string) => show(ticket.id, status, { typed, wrong }, visit);
    const action = ticketActionSchema.safeParse({ ...pressed, etag: visit.form.etag });
    if (!action.success) return again(422, 'desk.bad_action');
    const { data } = action;
    if (data.do === 'move' && hasGap(data.text, content)) return again(422, 'desk.fill_gap');
    if (data.do === 'assign' && !(await mayTake(data.to, visit))) return again(422, 'desk.bad_action');
    try {
      if (!(await carryOut(data, found, visit))) return again(422, 'desk.bad_action');
    } catch (error) {
      if (error instanceof EtagMismatch) return again(409, 'desk.changed_meanwhile');
      if (error instanceof TransitionError) return again(422, 'desk.bad_step');
      throw error;
    }
    const done = doneWith(data.do, maskPersonalNumbers(pressed.text ?? '').masked);
    const left = await unused(found, typed);
    if (left) return show(ticket.id, 200, { typed: left, done }, visit);
    return { to: `/desk/ticket/${ticket.number}`, cookies: [told.leave(ticket.number, done)] };
  });

  const carryOut = async (
    action: TicketAction,
    found: StoredTicket,
    visit: SignedInVisit,
  ): Promise<boolean> => {
    const by = actorOf(visit.session.officer);
    if (action.do !== 'join') {
      await act(action, found, office, by);
      return true;
    }
    needSame(action, found);
    const others = await similarTo(found.ticket, tickets);
    const other = others.find(({ ticket }) => ticket.number === action.to)?.ticket;
    if (!other) return false;
    const { locale } = visit.scene;
    await joinTickets(found, other, action.text, by, { office, tickets, content, locale });
    return true;
  };

  const mayTake = async (to: string, { session }: SignedInVisit): Promise<boolean> =>
    ['me', 'nobody', session.officer.id, CONSOLE].includes(to) || Object.hasOwn(await officers.takers(), to);

  // What was typed elsewhere on the page, without what was only ready there: it stays in its field.
  const unused = async ({ ticket }: StoredTicket, { texts, pressed }: Typed): Promise<Typed | null> => {
    const others = await similarTo(ticket, tickets);
    const ready = new Map([
      [textField('move', 'referred'), readyText(ticket, 'referred', content)],
      ...others.map(
        (each) => [textField('join', each.ticket.number), joinReason(ticket, each.ticket, content)] as const,
      ),
    ]);
    const left = Object.entries(texts).filter(
      ([field, text]) => field !== pressed && isTyped(text, ready.get(field) ?? ''),
    );
    return left.length > 0 ? { texts: Object.fromEntries(left), pressed: '' } : null;
  };

  const take = page('officer', async (visit) => {
    const by = actorOf(visit.session.officer);
    const known = await ticketOf(visit, parts);
    const format = formats.find((each) => each === visit.request.params.format);
    const found = known && format && (await office.look(known.ticket.id, by));
    if (!found) return unknownTicket(visit);
    const { ticket } = found;
    try {
      const { contentType, body } = parts.export(ticket, format);
      const at = clock().toISOString();
      await audit.append({ at, by, action: 'ticket.export', ticketId: ticket.id, detail: { format } });
      const kind = contentType.startsWith('application/json') ? 'json' : 'txt';
      return { file: body, type: contentType, name: `${ticket.number}-${format}.${kind}` };
    } catch (error) {
      if (!(error instanceof CannotCarry)) throw error;
      const { scene } = visit;
      return problemText(422, scene, obstacleText(error, scene.say), `/desk/ticket/${ticket.number}`);
    }
  });

  return (server: Server, throttle: RequestHandler): void => {
    server.get('/desk/ticket/:number', throttle, look);
    server.post('/desk/ticket/:number', throttle, change);
    server.get('/desk/ticket/:number/export/:format', throttle, take);
  };
}
