import type { Content } from '../../content/content.ts';
import type { RequestType } from '../../content/dialogs-schema.ts';
import type { Assistant } from '../../conversation/assistant.ts';
import { draftTicket } from '../../conversation/draft-ticket.ts';
import { isIntake } from '../../conversation/file-for.ts';
import { fieldsOf } from '../../conversation/form.ts';
import { readRequest, type Wrong } from '../../conversation/read-fields.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { Fault } from './problem.ts';
import type { NewRequest } from './schemas.ts';

/** Who files it, and the key under which it makes one ticket however often it is sent. */
export interface Filing {
  by: string;
  key: string;
  now: Date;
}

/** The ticket of a request that a program files for a person, or what is wrong with it. */
export function fileRequest(
  given: NewRequest,
  filing: Filing,
  { content, mint }: Pick<Assistant, 'content' | 'mint'>,
): { ticket: Ticket } | { faults: Fault[] } {
  const type = content.requests.get(given.type);
  if (!type) return { faults: [{ at: '/type', fault: 'is not known here' }] };
  const fields = fieldsOf(type);
  const unknown = Object.entries(given.slots).filter(
    ([slot, text]) => text?.trim() && !fields.includes(slot),
  );
  const read = readRequest(given.slots, type, content);
  const faults: Fault[] = [
    ...unknown.map(([slot]) => ({ at: `/slots/${slot}`, fault: 'is no field of this type' })),
    ...[...read.faults].map(([slot, wrong]) => faultIn(slot, wrong, type, content)),
  ];
  const received = given.receivedAt === undefined ? filing.now : new Date(given.receivedAt);
  if (!isIntake(received, filing.now))
    faults.push({ at: '/receivedAt', fault: 'is not within the last year' });
  if (given.filedBy && !type.on_behalf)
    faults.push({ at: '/filedBy', fault: 'is not for this type: the person files it' });
  if (faults.length > 0) return { faults };
  const request = { key: filing.key, slots: read.slots, behalf: given.filedBy !== undefined };
  const turn = { now: received, channel: 'api' };
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

function faultIn(slot: string, wrong: Wrong, type: RequestType, content: Content): Fault {
  const at = `/slots/${slot}`;
  switch (wrong) {
    case 'missing':
      return type.any_of.includes(slot)
        ? { at: '/slots', fault: `needs one of ${type.any_of.join(', ')}` }
        : { at, fault: 'is needed' };
    case 'too_long':
      return { at, fault: 'is too long' };
    case 'unreadable':
      return { at, fault: `cannot be read as ${content.slots[slot]}` };
  }
}

// A repetition is known by this, whatever has been put right in the ticket since. The words cannot be read out of it.
function fingerprintOf({ slots, ...rest }: NewRequest, mint: Assistant['mint']): string {
  const sorted = (fields: object) => Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1));
  return mint(`filed\0${JSON.stringify([sorted(rest), sorted(slots)])}`).token;
}
