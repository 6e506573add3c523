import { randomUUID } from 'node:crypto';
import type { RequestHandler, Server } from 'restify';
import { z } from 'zod';
import { fileFor } from '../../conversation/file-for.ts';
import { fingerprint } from '../../conversation/form-sent.ts';
import { fillText } from '../../conversation/render.ts';
import { capitalised } from '../../text/words.ts';
import { dayOf, HOME_ZONE } from '../../tickets/calendar.ts';
import { entriesFor } from '../../tickets/outbox.ts';
import { twinsOf } from '../../tickets/similar-tickets.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { Answer, Answering, SignedInVisit } from './answering.ts';
import { FILED_BEFORE, REACHED_BY } from './correct-routes.ts';
import type { DeskParts } from './desk-parts.ts';
import { type Done, doneWith } from './done-texts.ts';
import { noteOn } from './join-tickets.ts';
import { filedChannels } from './labels.ts';
import { type NewForm, newPage, newSlots, twinPage } from './new-page.ts';
import { actorOf } from './officer.ts';
import { type Filled, slotsTyped } from './slot-fields.ts';
import { toldOnce } from './told-once.ts';

const line = z.string().max(100).catch('');
// What a list does not offer is taken for its first choice; the rest is read field by field.
const formSchema = z.object({
  form: z.uuid().catch(() => randomUUID()),
  type: line,
  channel: z.enum(filedChannels).catch('phone'),
  locale: z.enum(['sv', 'en']).catch('sv'),
  day: line,
  time: line,
  twin: line,
  /** Whether something was taken out when the form was sent first. */
  masked: z.enum(['yes']).optional().catch(undefined),
});

/** The routes by which officers file what has come in by telephone, by letter or by word of mouth. */
export function newRoutes(parts: DeskParts, { page, form }: Answering) {
  const { audit, clock, content, mint, office, tickets } = parts;
  const told = toldOnce(parts.isSecure);

  const look = page('officer', async ({ scene }) => {
    const blank = {
      id: randomUUID(),
      type: '',
      channel: 'phone',
      locale: 'sv',
      day: dayOf(scene.now, HOME_ZONE),
      time: '',
    };
    const page = newPage(blank, { shown: {}, faults: new Map() }, { ...scene, path: '/desk/new' });
    return { status: 200, page };
  });

  const file = form('officer', async (visit) => {
    const { scene, session } = visit;
    const { form: id, twin, ...given } = formSchema.parse(visit.form);
    const typed = slotsTyped(visit.form);
    const slots = Object.fromEntries(newSlots.map((slot) => [slot, typed[slot] ?? '']));
    const filing = { by: session.officer.id, role: 'officer', channel: 'desk', form: id } as const;
    const { type, day, time, locale, channel } = given;
    const drafted = fileFor(
      { type, day, time, slots },
      { ...filing, locale, now: scene.now },
      { content, mint },
    );
    const { masked: _, ...rest } = given;
    const shownForm: NewForm = { id, ...rest };
    const { shown, masked } = drafted;
    if ('faults' in drafted) {
      const filled: Filled = {
        shown,
        faults: new Map(drafted.faults.map((fault) => [fault.slot, fault.id])),
      };
      return { status: 422, page: newPage(shownForm, filled, scene) };
    }
    const ticket = { ...drafted.ticket, channel };
    const twins = twin === 'apart' ? [] : (await twinsOf(ticket, tickets)).map((each) => each.ticket);
    const chosen = twins.find(({ number }) => number === twin);
    if (chosen) return join(chosen, ticket, shown.details ?? '', masked || given.masked === 'yes', visit);
    if (twins.length > 0) {
      const page = twinPage(shownForm, { shown, faults: new Map() }, masked, twins, scene);
      return { status: 200, page };
    }
    const stored = await tickets.create(ticket, entriesFor(ticket));
    const { number } = stored.ticket;
    if (!stored.created && !isSame(stored.ticket, ticket))
      return { to: `/desk/ticket/${number}/correct`, cookies: [told.leave(number, FILED_BEFORE)] };
    if (stored.created)
      await audit.append({
        at: clock().toISOString(),
        by: actorOf(session.officer),
        action: 'ticket.file',
        ticketId: stored.ticket.id,
        detail: { type: stored.ticket.type },
      });
    return done(number, 'file', masked);
  });

  const join = async (
    other: Ticket,
    { receivedAt, slots }: Ticket,
    details: string,
    isMasked: boolean,
    { scene, session }: SignedInVisit,
  ): Promise<Answer> => {
    const day = { day: dayOf(new Date(receivedAt), HOME_ZONE) };
    const note = fillText('file.joined_note', { day, details }, content, scene.locale);
    // What the person gives now may be what was wrong before: it stands in the note, for an officer to put right.
    const given = REACHED_BY.filter((slot) => slots[slot] && slots[slot] !== other.slots[slot]).map(
      (slot) => `${capitalised(fillText(`slot.${slot}`, {}, content, scene.locale))}: ${slots[slot]}`,
    );
    const lines = [note.trim(), ...given].join('\n');
    await noteOn(other.number, lines, actorOf(session.officer), { office, tickets });
    return done(other.number, 'joined', isMasked);
  };

  const done = (number: string, what: Done, isMasked: boolean): Answer => ({
    to: `/desk/ticket/${number}`,
    cookies: [told.leave(number, doneWith(what, isMasked))],
  });

  return (server: Server, throttle: RequestHandler): void => {
    server.get('/desk/new', throttle, look);
    server.post('/desk/new', throttle, file);
  };
}

// What an officer can have put right in the form; where no time is given, it moves with the clock.
function isSame(one: Ticket, other: Ticket): boolean {
  const what = (ticket: Ticket) =>
    [
      fingerprint(ticket),
      ticket.channel,
      ticket.locale,
      dayOf(new Date(ticket.receivedAt), HOME_ZONE),
    ].join();
  return what(one) === what(other);
}
