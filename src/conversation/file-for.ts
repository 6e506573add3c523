import type { Content } from '../content/content.ts';
import type { RequestType } from '../content/dialogs-schema.ts';
import type { Locale } from '../text/words.ts';
import { dayOf, HOME_ZONE, instantAt } from '../tickets/calendar.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { Assistant } from './assistant.ts';
import { draftTicket } from './draft-ticket.ts';
import { fieldsOf } from './form.ts';
import { type FilledIn, faultText, noteMissing, noteMissingByCall, readFields } from './read-fields.ts';
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

/** Whether a request that was received then is filed now. */
export function isIntake(received: Date, now: Date): boolean {
  const age = now.getTime() - received.getTime();
  return age >= 0 && age <= OLDEST_DAYS * DAY_MS;
}

/** What stood in the form, and the ticket that it makes or what is wrong with it. */
export type Filed = Pick<FilledIn, 'shown' | 'masked'> & ({ ticket: Ticket } | { faults: FieldFault[] });

/**
 * The ticket of a request that was made by word of mouth or on paper, or what is wrong with the form. Its deadline is
 * counted from when it was made: an oral request starts the clock when it is uttered.
 */
export function fileFor(
  filed: FiledFor,
  filing: Filing,
  assistant: Pick<Assistant, 'content' | 'mint'>,
): Filed {
  const { content } = assistant;
  const type = content.requests.get(filed.type);
  const detail = (type && detailSlot(type, content)) ?? 'details';
  const fieldOf = (slot: string) => (slot === detail ? 'details' : slot);
  const { details = '', ...others } = filed.slots;
  const read = readFields({ ...others, [detail]: details }, [...Object.keys(others), detail], content);
  const shown = Object.fromEntries(Object.entries(read.shown).map(([slot, text]) => [fieldOf(slot), text]));
  const form = { shown, masked: read.masked };
  if (!type) return { ...form, faults: [{ slot: 'type', id: 'form.required', given: filed.type }] };
  (filing.role === 'officer' ? noteMissingByCall : noteMissing)(read, type);
  const faults: FieldFault[] = [...read.faults].map(([slot, wrong]) => ({
    slot: fieldOf(slot),
    id: faultText(slot, wrong, type, content),
    given: read.shown[slot] ?? '',
  }));
  const received = receivedAt(filed, filing.now);
  const isReceived = received !== null && isIntake(received, filing.now);
  if (!isReceived) faults.push({ slot: 'received', id: 'file.received_wrong', given: filed.day });
  if (!isReceived || faults.length > 0) return { ...form, faults };
  // Where a type has no slot for it, what it is about is not kept.
  const { details: _, ...slots } = read.slots;
  const key = `${filing.channel}/${filing.by}/${filing.form}`;
  const turn = { now: received, channel: filing.channel, filer: filing.by };
  const { ticket } = draftTicket({ key, slots, behalf: true }, type, turn, filing.locale, assistant);
  const createdAt = filing.now.toISOString();
  return {
    ...form,
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
function detailSlot(type: RequestType, content: Content): string | null {
  return type.story ?? fieldsOf(type).find((slot) => content.slots[slot] === 'text') ?? null;
}
