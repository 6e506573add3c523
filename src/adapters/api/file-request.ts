import type { Assistant } from '../../conversation/assistant.ts';
import { draftTicket } from '../../conversation/draft-ticket.ts';
import { fieldsOf } from '../../conversation/form-sent.ts';
import { maskPersonalNumbers } from '../../conversation/personal-number.ts';
import { readField } from '../../conversation/read-field.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { Fault } from './problem.ts';
import type { NewRequest } from './schemas.ts';

/** Who files it, and the key under which it makes one ticket however often it is sent. */
export interface Filing {
  by: string;
  key: string;
  now: Date;
}

/** A request older than this many days is no intake any more; its deadline has long passed. */
const OLDEST_DAYS = 365;
const DAY_MS = 24 * 3_600_000;

/** The ticket of a request that a program files for a person, or what is wrong with it. */
export function fileRequest(
  given: NewRequest,
  filing: Filing,
  { content, mint }: Pick<Assistant, 'content' | 'mint'>,
): { ticket: Ticket } | { faults: Fault[] } {
  const type = content.requests.get(given.type);
  if (!type) return { faults: [{ at: '/type', fault: 'is not known here' }] };
  const slots: Record<string, string> = {};
  const faults: Fault[] = [];
  const fields = fieldsOf(type);
  for (const [slot, value] of Object.entries(given.slots)) {
    if (value === undefined || value.trim() === '') continue;
    const at = `/slots/${slot}`;
    const clean = maskPersonalNumbers(value).text;
    const read = fields.includes(slot) ? readField(content.slots[slot] ?? 'text', clean, content) : undefined;
    if (read === undefined) faults.push({ at, fault: 'is no field of this type' });
    else if (read === null) faults.push({ at, fault: `cannot be read as ${content.slots[slot]}` });
    else slots[slot] = read;
  }
  const isFaulty = (slot: string) => faults.some(({ at }) => at === `/slots/${slot}`);
  for (const slot of type.required)
    if (!slots[slot] && !isFaulty(slot)) faults.push({ at: `/slots/${slot}`, fault: 'is needed' });
  if (type.any_of.length > 0 && !type.any_of.some((slot) => slots[slot] || isFaulty(slot)))
    faults.push({ at: '/slots', fault: `needs one of ${type.any_of.join(', ')}` });
  const received = given.receivedAt === undefined ? filing.now : new Date(given.receivedAt);
  const age = filing.now.getTime() - received.getTime();
  if (age < 0 || age > OLDEST_DAYS * DAY_MS)
    faults.push({ at: '/receivedAt', fault: 'is not within the last year' });
  if (given.filedBy && !type.on_behalf)
    faults.push({ at: '/filedBy', fault: 'is not for this type: the person files it' });
  if (faults.length > 0) return { faults };
  const request = {
    key: filing.key,
    type: type.id,
    slots,
    asksFor: null,
    stage: 'summary' as const,
    skipped: [],
    behalf: given.filedBy !== undefined,
    amends: null,
  };
  const turn = {
    id: filing.key,
    conversation: filing.key,
    channel: 'api',
    text: '',
    now: received,
    tickets: [],
  };
  const { ticket } = draftTicket(request, type, turn, given.locale, { mint, content });
  const createdAt = filing.now.toISOString();
  return {
    ticket: {
      ...ticket,
      ...(given.filedBy ? { filedBy: given.filedBy } : {}),
      createdAt,
      history: [{ at: createdAt, from: 'draft', to: 'submitted', by: filing.by }],
    },
  };
}

/** Whether a stored ticket is the one that a repeated request would make. */
export function isSameRequest(stored: Ticket, drafted: Ticket, given: NewRequest): boolean {
  const plain = ({ type, locale, filedBy, receivedAt }: Ticket) =>
    // Where no time was given it is that of the first try.
    JSON.stringify([type, locale, filedBy ?? null, given.receivedAt === undefined ? null : receivedAt]);
  return plain(stored) === plain(drafted);
}

/** Whether two tickets hold the same fields, whatever their order. */
export function hasSameSlots(stored: Ticket, drafted: Ticket): boolean {
  const sorted = ({ slots }: Ticket) =>
    JSON.stringify(Object.entries(slots).sort(([one], [other]) => (one < other ? -1 : 1)));
  return sorted(stored) === sorted(drafted);
}
