import { z } from 'zod';
import { quotedWords } from '../src/content/quote.ts';
import { converse, type Host } from '../src/conversation/converse.ts';
import type { Outcome } from '../src/conversation/turn.ts';

export const rowSchema = z.object({
  id: z.string(),
  lang: z.enum(['sv', 'en']),
  text: z.string(),
  kind: z.enum(['question', 'request', 'guidance', 'meta', 'unanswerable', 'out_of_scope']),
  intent: z.array(z.string()),
  quotes: z.array(z.string()),
});

export const dialogueSchema = z.object({
  id: z.string(),
  turns: z.array(
    z.object({
      user: z.string(),
      expect: z
        .object({
          kind: z.string(),
          intent: z.array(z.string()),
          ticket_created: z.boolean(),
          ticket_type: z.string(),
          asks_for: z.string(),
          still_open: z.boolean(),
        })
        .partial(),
    }),
  ),
});

/** How many were right of how many, by what was measured. */
export type Tally = Map<string, { right: number; of: number }>;

const declines = (kind: string) => kind === 'unanswerable' || kind === 'out_of_scope';

/** Answers labelled rows, each in a conversation of its own, and counts what was right. */
export async function scoreRows(rows: readonly z.infer<typeof rowSchema>[], host: Host): Promise<Tally> {
  const tally: Tally = new Map();
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim().toLowerCase();
  for (const row of rows) {
    const outcome = await hear(row.text, row.id, `row ${row.id}`, host);
    const holds = (passage: string | undefined) => {
      const text = passage ? plain(quotedWords(passage, host.assistant.content)) : '';
      return row.quotes.some((quote) => text.includes(plain(quote)));
    };
    const isShown = ['question', 'guidance', 'clarify'].includes(outcome.kind);
    if (row.kind === 'question') {
      count(
        tally,
        `question ${row.lang}, right first`,
        isShown && outcome.kind !== 'clarify' && holds(outcome.quotes[0]),
      );
      count(tally, `question ${row.lang}, right in the first three`, isShown && outcome.quotes.some(holds));
      count(tally, 'question, declined (lower is better)', declines(outcome.kind));
    } else if (declines(row.kind))
      count(tally, 'unanswerable or out of scope, declined', declines(outcome.kind));
    else if (row.kind === 'guidance') {
      count(
        tally,
        'guidance',
        row.intent.includes(outcome.intent ?? '') || (isShown && holds(outcome.quotes[0])),
      );
    } else count(tally, row.kind, outcome.kind === row.kind && row.intent.includes(outcome.intent ?? ''));
  }
  return tally;
}

/** Holds the dialogues and counts turns without a fault, and whole dialogues. Slots and quotes are not looked at. */
export async function scoreDialogues(
  dialogues: readonly z.infer<typeof dialogueSchema>[],
  host: Host,
): Promise<Tally> {
  const tally: Tally = new Map();
  for (const dialogue of dialogues) {
    let isWhole = true;
    for (const [index, { user, expect }] of dialogue.turns.entries()) {
      const outcome = await hear(user, `${index}`, dialogue.id, host);
      const { request } = outcome.state;
      const isRight =
        (!expect.kind ||
          expect.kind === outcome.kind ||
          (declines(expect.kind) && declines(outcome.kind)) ||
          (expect.kind === 'question' && outcome.kind === 'guidance')) &&
        (!expect.intent || expect.intent.includes(outcome.intent ?? '')) &&
        (expect.ticket_created === undefined || expect.ticket_created === (outcome.ticket !== null)) &&
        (!expect.ticket_type || !outcome.ticket || outcome.ticket.type === expect.ticket_type) &&
        (!expect.asks_for || request?.asksFor === expect.asks_for) &&
        (!expect.still_open || request !== null || outcome.ticket !== null);
      count(tally, 'dialogue turns', isRight);
      isWhole &&= isRight;
    }
    count(tally, 'whole dialogues', isWhole);
  }
  return tally;
}

function hear(text: string, id: string, conversation: string, host: Host): Promise<Outcome> {
  return converse({ id, conversation, channel: 'bench', text, now: new Date('2026-01-31T09:00:00Z') }, host);
}

function count(tally: Tally, name: string, isRight: boolean): void {
  const found = tally.get(name) ?? { right: 0, of: 0 };
  tally.set(name, { right: found.right + (isRight ? 1 : 0), of: found.of + 1 });
}
