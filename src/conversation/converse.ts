import { z } from 'zod';
import type { CodeCheck } from '../tickets/confirmation.ts';
import { entriesFor } from '../tickets/outbox.ts';
import type { Owners } from '../tickets/owners.ts';
import { withChanges } from '../tickets/slot-changes.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { EtagMismatch, type StoredTicket, type TicketStore } from '../tickets/ticket-store.ts';
import type { Assistant } from './assistant.ts';
import { codeIn, ticketsWanted } from './follow-ticket.ts';
import type { LessonStore } from './lesson.ts';
import { respond } from './respond.ts';
import { parseState, type Slots, type State } from './state.ts';
import type { Outcome, Turn } from './turn.ts';

/** Keeps one value a conversation. A save with an outdated etag fails, so that no turn overwrites another. */
export interface ConversationStore {
  load(conversation: string): Promise<{ value: unknown; etag: string } | null>;
  /** @throws {ConversationConflict} where the stored value is no longer the one with `etag` (null: none yet). */
  save(conversation: string, value: unknown, etag: string | null): Promise<void>;
  forget(conversation: string): Promise<void>;
}

/** Another turn of the same conversation was saved first. */
export class ConversationConflict extends Error {
  constructor(options?: ErrorOptions) {
    super('another turn of this conversation was saved first', options);
    this.name = 'ConversationConflict';
  }
}

/** What a conversation is held with. */
export interface Host {
  assistant: Assistant;
  conversations: ConversationStore;
  tickets: TicketStore;
  lessons: LessonStore;
  owners: Owners;
  /** Takes work that nobody waits for; a failure is told to whoever runs the service. */
  later(work: Promise<unknown>): void;
}

/** A turn as a channel hands it over. */
export type Heard = Omit<Turn, 'tickets' | 'proof'>;

const TRIES = 5;
const REMEMBERED_TURNS = 20;
const recordSchema = z.object({
  state: z.unknown(),
  /** The last outcome, without its state: it was saved before it was sent and may have to be sent again. */
  last: z.custom<Omit<Outcome, 'state' | 'lesson'>>((value) => typeof value === 'object' && value !== null),
  /** Ids of the turns answered, newest last. */
  turns: z.array(z.string()),
});

/**
 * Takes one turn from a channel: loads the state, answers, creates the ticket, saves the state, and only then hands
 * back what to say. A turn that comes twice gets the same answer and makes no second ticket; where two turns meet,
 * the later one is answered again from the newer state.
 * @throws {ConversationConflict} where five tries met five other turns.
 */
export async function converse(heard: Heard, host: Host): Promise<Outcome> {
  const proofs: Proofs = new Map();
  return inTurn(heard.conversation, () => tryTurn(heard, host, proofs));
}

const turns = new Map<string, Promise<unknown>>();

// In this process the turns of a conversation go one after the other; the etag holds where there are several.
function inTurn<Result>(conversation: string, work: () => Promise<Result>): Promise<Result> {
  const result = (turns.get(conversation) ?? Promise.resolve()).then(work, work);
  const settled = result
    .catch(() => undefined)
    .then(() => {
      if (turns.get(conversation) === settled) turns.delete(conversation);
    });
  turns.set(conversation, settled);
  return result;
}

// A code is right once: where two turns meet, the one that is answered again is not to find it used up by itself.
type Proofs = Map<string, Promise<CodeCheck>>;

async function tryTurn(heard: Heard, host: Host, proofs: Proofs): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await takeTurn(heard, host, proofs);
    } catch (error) {
      if (!(error instanceof ConversationConflict) || attempt === TRIES) throw error;
    }
  }
}

async function takeTurn(heard: Heard, host: Host, proofs: Proofs): Promise<Outcome> {
  const loaded = await host.conversations.load(heard.conversation);
  const record = recordSchema.safeParse(loaded?.value).data;
  const before = record ? parseState(record.state) : null;
  if (record && before && record.turns.includes(heard.id)) {
    const isLast = record.turns.at(-1) === heard.id;
    const nothing = {
      replies: [],
      ticket: null,
      change: null,
      codeFor: null,
      handOff: null,
      toPersonal: null,
    };
    return { ...record.last, ...(isLast ? {} : nothing), state: before, lesson: null };
  }
  const outcome = respond(
    { ...heard, ...(await lookUp(heard, before, host, proofs)) },
    before,
    host.assistant,
  );
  if (outcome.ticket) await fileTicket(outcome.ticket, host);
  if (outcome.change) await changeTicket(outcome.change, host);
  const { state, lesson, ...last } = outcome;
  if (last.intent === 'forget_conversation') await host.conversations.forget(heard.conversation);
  else {
    const turns = [...(record?.turns ?? []), heard.id].slice(-REMEMBERED_TURNS);
    await host.conversations.save(heard.conversation, { state, last, turns }, loaded?.etag ?? null);
  }
  // What an editor might learn is worth less than the answer: where it cannot be kept, the turn goes on.
  if (lesson) await host.lessons.keep(lesson, heard.now.toISOString().slice(0, 10)).catch(() => undefined);
  // Not waited for: whether there is such a ticket would show in how long it takes.
  if (outcome.codeFor) host.later(sendCode(outcome.codeFor, heard.now, host));
  return outcome;
}

/**
 * Files a ticket. Where one of its key is there already, from a turn that was answered but not saved, and the person has
 * changed something since, what they have seen last is what is kept.
 */
export async function fileTicket(
  ticket: Ticket,
  { tickets, owners }: Pick<Host, 'tickets' | 'owners'>,
): Promise<Ticket> {
  const kept = await tickets.create(ticket, entriesFor(ticket));
  if (kept.created || isSame(kept.ticket.slots, ticket.slots) || kept.ticket.status !== 'submitted')
    return kept.ticket;
  return (await owners.amend(kept, ticket.slots)).ticket;
}

function isSame(one: Slots, other: Slots): boolean {
  const sorted = (slots: Slots) => Object.entries(slots).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

// What the turn needs to know of stored tickets; a code that was awaited is tried first, and each try counts.
async function lookUp({ text, now }: Heard, state: State | null, host: Host, proofs: Proofs) {
  const { tickets, owners } = host;
  const code = state?.following?.awaits === 'code' ? codeIn(text) : null;
  const proof = code ? await proofOf(code, state?.following?.ticketId ?? null, now, host, proofs) : undefined;
  const wanted = ticketsWanted(text, state).slice(0, 10);
  const found = await Promise.all(wanted.map((number) => tickets.byNumber(number)));
  const shown = found.flatMap((entry) => (entry && !owners.isPast(entry.ticket, now) ? [entry.ticket] : []));
  return { tickets: shown, proof };
}

async function proofOf(
  code: string,
  ticketId: string | null,
  now: Date,
  { tickets, owners }: Host,
  proofs: Proofs,
): Promise<CodeCheck> {
  const key = `${ticketId}/${code}`;
  const tried =
    proofs.get(key) ?? owners.confirm(ticketId ? await tickets.byId(ticketId) : null, 'find', code, now);
  proofs.set(key, tried);
  return tried;
}

// Taken back or changed already, in a turn that was answered but not saved: then it is done. What an officer has
// changed meanwhile stays.
async function changeTicket(
  { number, changes }: NonNullable<Outcome['change']>,
  { tickets, owners }: Host,
): Promise<void> {
  for (;;) {
    const found = await tickets.byNumber(number);
    if (!found || (!changes && found.ticket.status === 'withdrawn')) return;
    const slots = changes && withChanges(found.ticket.slots, changes);
    if (slots && isSame(found.ticket.slots, slots)) return;
    try {
      await (slots ? owners.amend(found, slots) : owners.withdraw(found));
      return;
    } catch (error) {
      if (!(error instanceof EtagMismatch)) throw error;
    }
  }
}

async function sendCode(ticketId: string, now: Date, { tickets, owners }: Host): Promise<void> {
  const found: StoredTicket | null = await tickets.byId(ticketId);
  if (found) await owners.sendCode(found.ticket, 'find', now);
}
