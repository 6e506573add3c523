import type { Content } from '../content/content.ts';
import { isPhrase } from '../text/phrases.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { CannotCarry, type Format } from './cannot-carry.ts';
import { type DrpOptions, drpMessage } from './data-rights-protocol.ts';
import { type FidesOptions, fidesRequest } from './fides.ts';
import { type OpenDsrOptions, openDsrRequest } from './open-dsr.ts';
import { requestJsonOf } from './request-json.ts';

/** What the formats need to know besides the request; a format that is null is not in use. */
export interface ExportOptions {
  fides: FidesOptions | null;
  opendsr: OpenDsrOptions | null;
  drp: DrpOptions | null;
}

/** A request as it is sent: the body and what it is. */
export interface Exported {
  contentType: string;
  body: string;
}

/**
 * A ticket in one of the formats. The same ticket at the same time gives the same bytes.
 * @throws {CannotCarry} where the format cannot say what is asked, or is not in use.
 */
export function exportTicket(
  ticket: Ticket,
  format: Format,
  options: ExportOptions,
  content: Content,
  now: Date,
): Exported {
  const given = format === 'json' ? null : options[format];
  if (format !== 'json' && !given)
    throw new CannotCarry(format, ticket.type, 'not_set_up', 'the format is not set up here');
  switch (format) {
    case 'json':
      return json(requestJsonOf(ticket));
    case 'fides':
      return json([fidesRequest(ticket, given as FidesOptions, content)]);
    case 'opendsr':
      return json(openDsrRequest(ticket, given as OpenDsrOptions, scopeOf(ticket, content)));
    case 'drp':
      return {
        contentType: 'text/plain; charset=us-ascii',
        body: drpMessage(ticket, given as DrpOptions, scopeOf(ticket, content), now),
      };
  }
}

/** The fields that say how much is asked for, without a `data` that means all of it. */
export function scopeOf(ticket: Ticket, content: Content): Readonly<Record<string, string>> {
  const { data, recipient } = ticket.slots;
  const isAll = (text: string) =>
    isPhrase(text, content.words.sv.everything) || isPhrase(text, content.words.en.everything);
  return {
    ...(data === undefined || isAll(data) ? {} : { data }),
    ...(recipient === undefined ? {} : { recipient }),
  };
}

function json(value: unknown): Exported {
  return { contentType: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}
