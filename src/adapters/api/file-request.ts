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
      filedAs: fingerprintOf(given, mint),
      createdAt,
      history: [{ at: createdAt, from: 'draft', to: 'submitted', by: filing.by }],
    },
  };
}

// A repetition is known by this, whatever has been put right in the ticket since. The words cannot be read out of it.
function fingerprintOf({ slots, ...rest }: NewRequest, mint: Assistant['mint']): string {
  const sorted = (fields: object) => Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1));
  return mint(`filed\0${JSON.stringify([sorted(rest), sorted(slots)])}`).token;
}
