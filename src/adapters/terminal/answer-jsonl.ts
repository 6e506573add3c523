import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { quotedWords } from '../../content/quote.ts';
import { converse, type Host } from '../../conversation/converse.ts';
import { countryName } from '../../conversation/read-country.ts';
import { noPages, renderReply } from '../../conversation/render.ts';
import type { Slots } from '../../conversation/state.ts';
import type { Outcome } from '../../conversation/turn.ts';
import type { Locale } from '../../text/words.ts';

const rowSchema = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  conversation: z.string().optional(),
  locale: z.enum(['sv', 'en']).optional(),
  channel: z.string().default('web'),
  now: z.iso.datetime({ offset: true }).optional(),
});

/**
 * Answers one JSON object a line with one JSON object a line, in the same order. A line that is not a row gets an
 * object with `error`, so that the lines stay in step.
 */
export async function answerJsonl(input: Readable, output: Writable, host: Host): Promise<void> {
  let count = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (!line.trim()) continue;
    count += 1;
    output.write(`${JSON.stringify(await answerRow(line, count, host))}\n`);
  }
}

async function answerRow(line: string, count: number, host: Host): Promise<object> {
  let row: z.infer<typeof rowSchema>;
  try {
    row = rowSchema.parse(JSON.parse(line));
  } catch {
    return { error: `line ${count} is not a JSON object with id and text` };
  }
  const outcome = await converse(
    {
      id: `row ${count}`,
      conversation: row.conversation ?? `row ${count}`,
      channel: row.channel,
      locale: row.locale,
      text: row.text,
      now: row.now ? new Date(row.now) : new Date(),
    },
    host,
  );
  return { id: row.id, ...report(outcome, host) };
}

/** An outcome in the shape of the measuring protocol. */
function report(outcome: Outcome, host: Host) {
  const { content } = host.assistant;
  const { request, locale } = outcome.state;
  return {
    kind: outcome.kind,
    intent: outcome.intent,
    confidence: Number(outcome.confidence.toFixed(4)),
    replies: outcome.replies.map((reply) => renderReply(reply, content, locale, noPages)),
    quotes: outcome.quotes.map((passage) => ({
      section: content.passages.get(passage)?.section ?? null,
      passage,
      text: quotedWords(passage, content),
    })),
    request: request && {
      type: request.type,
      slots: named(request.slots, locale),
      asks_for: request.asksFor,
      stage: request.stage,
    },
    ticket: outcome.ticket && {
      number: outcome.ticket.number,
      type: outcome.ticket.type,
      slots: named(outcome.ticket.slots, locale),
      due: outcome.ticket.due,
    },
  };
}

function named(slots: Slots, locale: Locale): Slots {
  return slots.country ? { ...slots, country: countryName(slots.country, locale) } : slots;
}
