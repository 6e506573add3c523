import type { Content } from '../content/content.ts';
import type { Locale } from '../text/words.ts';
import { dayOf, HOME_ZONE, instantAt } from '../tickets/calendar.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { Assistant } from './assistant.ts';
import { draftTicket } from './draft-ticket.ts';
import { faultOf, fieldsOf } from './form-sent.ts';
import { maskPersonalNumbers } from './personal-number.ts';
import { readField } from './read-field.ts';
import type { FieldFault } from './reply.ts';

/** A request that somebody files for somebody else, as the form gave it: a type, its slots, and when it was made. */
export interface FiledFor {
  type: string;
  /** Name, email, phone, country, relation, and `details` for what it is about. */
  slots: Readonly<Record<string, string>>;
  /** The day and the time it was received, in Stockholm: YYYY-MM-DD and HH:MM. */
  day: string;
  time: string;
}

/** Who files it, how they reach us, and the id of this form, so that it makes one ticket however often it is sent. */
export interface Filing {
  by: string;
  role: 'recruiter' | 'officer';
  channel: string;
  form: string;
  locale: Locale;
  now: Date;
}

/** A request older than this many days is no intake any more; its deadline has long passed. */
const OLDEST_DAYS = 365;
const DAY_MS = 24 * 3_600_000;

/**
 * The ticket of a request that was made by word of mouth or on paper, or what is wrong with the form. Its deadline is
 * counted from when it was made: an oral request starts the clock when it is uttered.
 */
export function fileFor(
  filed: FiledFor,
  filing: Filing,
  assistant: Pick<Assistant, 'content' | 'mint'>,
): { ticket: Ticket } | { faults: FieldFault[] } {
  const { content } = assistant;
  const type = content.requests.get(filed.type);
  if (!type) return { faults: [{ slot: 'type', id: 'form.required', given: filed.type }] };
  const { slots, faults } = readSlotsOf(filed, content);
  const detail = detailSlot(filed.type, content);
  if (slots.details) {
    if (detail) slots[detail] = slots.details;
    delete slots.details;
  }
  for (const slot of type.required) {
    const field = slot === detail ? 'details' : slot;
    if (!slots[slot] && !faults.some((fault) => fault.slot === field))
      faults.push({ slot: field, id: 'form.required', given: '' });
  }
  if (type.any_of.length > 0 && !type.any_of.some((slot) => slots[slot]) && faults.length === 0)
    faults.push({ slot: 'email', id: 'form.required', given: '' });
  const received = receivedAt(filed, filing.now);
  const age = received ? filing.now.getTime() - received.getTime() : Number.NaN;
  if (!received || age < 0 || age > OLDEST_DAYS * DAY_MS)
    faults.push({ slot: 'received', id: 'file.received_wrong', given: filed.day });
  if (faults.length > 0 || !received) return { faults };
  const request = {
    key: `${filing.channel}/${filing.by}/${filing.form}`,
    type: type.id,
    slots,
    asksFor: null,
    stage: 'summary' as const,
    skipped: [],
    behalf: true,
    amends: null,
  };
  const turn = {
    id: filing.form,
    conversation: filing.form,
    channel: filing.channel,
    text: '',
    filer: filing.by,
    now: received,
    tickets: [],
  };
  const { ticket } = draftTicket(request, type, turn, filing.locale, assistant);
  const createdAt = filing.now.toISOString();
  return {
    ticket: {
      ...ticket,
      filedBy: { role: filing.role, reference: filing.by },
      createdAt,
      history: [
        {
          at: createdAt,
          from: 'draft',
          to: 'submitted',
          by: filing.role === 'officer' ? filing.by : 'recruiter',
        },
      ],
    },
  };
}

// Without a time it counts from noon, and today from now: neither changes the day it is due.
function receivedAt({ day, time }: FiledFor, now: Date): Date | null {
  if (time) return instantAt(day, time, HOME_ZONE);
  return day === dayOf(now, HOME_ZONE) ? now : instantAt(day, '12:00', HOME_ZONE);
}

/** The slot that a free text about a request of a type goes to; null where it takes none. */
function detailSlot(id: string, content: Content): string | null {
  const type = content.requests.get(id);
  if (!type) return null;
  return type.story ?? fieldsOf(type).find((slot) => content.slots[slot] === 'text') ?? null;
}

function readSlotsOf(filed: FiledFor, content: Content) {
  const slots: Record<string, string> = {};
  const faults: FieldFault[] = [];
  for (const [slot, given] of Object.entries(filed.slots)) {
    const { text } = maskPersonalNumbers(given);
    if (text.trim() === '') continue;
    const value = readField(slot === 'details' ? 'text' : (content.slots[slot] ?? 'text'), text, content);
    if (value === null) faults.push({ slot, id: faultOf(slot, content), given: text.slice(0, 200) });
    else slots[slot] = value;
  }
  return { slots, faults };
}
