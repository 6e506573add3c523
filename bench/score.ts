import { z } from 'zod';
import { quotedWords } from '../src/content/quote.ts';
import { converse, type Host } from '../src/conversation/converse.ts';
import { countryName } from '../src/conversation/read-country.ts';
import type { Outcome } from '../src/conversation/turn.ts';

export const rowSchema = z.object({
  id: z.string(),
  lang: z.enum(['sv', 'en']),
  text: z.string(),
  kind: z.enum(['question', 'request', 'guidance', 'meta', 'unanswerable', 'out_of_scope']),
  intent: z.array(z.string()),
  quotes: z.array(z.string()),
  slots: z.record(z.string(), z.string()).default({}),
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

/** One labelled row, answered: how sure the assistant was, whether it was right, and what else was looked at. */
export interface Judged {
  confidence: number;
  isRight: boolean;
  /** What is counted, and whether it holds. */
  counts: readonly (readonly [name: string, holds: boolean])[];
}

/** Answers labelled rows, each in a conversation of its own. */
export async function judgeRows(rows: readonly z.infer<typeof rowSchema>[], host: Host): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const row of rows) judged.push(judge(row, await hear(row.text, row.id, `row ${row.id}`, host), host));
  return judged;
}

/** Answers labelled rows and counts what was right. */
export async function scoreRows(rows: readonly z.infer<typeof rowSchema>[], host: Host): Promise<Tally> {
  const tally: Tally = new Map();
  for (const { counts } of await judgeRows(rows, host))
    for (const [name, holds] of counts) count(tally, name, holds);
  return tally;
}

function judge(row: z.infer<typeof rowSchema>, outcome: Outcome, host: Host): Judged {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim().toLowerCase();
  const holds = (passage: string | undefined) => {
    const text = passage ? plain(quotedWords(passage, host.assistant.content)) : '';
    return row.quotes.some((quote) => text.includes(plain(quote)));
  };
  const isShown = ['question', 'guidance', 'clarify'].includes(outcome.kind);
  const isFirst = isShown && outcome.kind !== 'clarify' && holds(outcome.quotes[0]);
  const isIntent = row.intent.includes(outcome.intent ?? '');
  const { confidence } = outcome;
  if (row.kind === 'question')
    return {
      confidence,
      isRight: isFirst,
      counts: [
        [`question ${row.lang}, right first`, isFirst],
        [`question ${row.lang}, right in the first three`, isShown && outcome.quotes.some(holds)],
        ['question, declined (lower is better)', declines(outcome.kind)],
      ],
    };
  if (declines(row.kind)) {
    const isRight = declines(outcome.kind);
    return { confidence, isRight, counts: [[`${row.kind}, declined`, isRight]] };
  }
  if (row.kind === 'guidance') {
    const isRight = isIntent || isFirst;
    return { confidence, isRight, counts: [['guidance', isRight]] };
  }
  const isRight = outcome.kind === row.kind && isIntent;
  const name = row.kind === 'request' ? `request ${row.lang}` : row.kind;
  const slots = Object.entries(row.kind === 'request' ? row.slots : {}).filter(([slot]) => SLOTS.has(slot));
  return {
    confidence,
    isRight,
    counts: [
      [name, isRight],
      ...slots.map(
        ([slot, value]) =>
          ['slots', isRight && isSlot(slot, value, outcome.state.request?.slots[slot])] as const,
      ),
    ],
  };
}

const SLOTS = new Set(['name', 'email', 'phone', 'country', 'brand', 'relation']);

function isSlot(slot: string, want: string, got: string | undefined): boolean {
  if (got === undefined) return false;
  const digits = (text: string) => text.replace(/\D/g, '').replace(/^(?:46|0)/, '');
  if (slot === 'phone') return digits(want) === digits(got);
  const names = slot === 'country' ? [got, countryName(got, 'sv'), countryName(got, 'en')] : [got];
  return names.some((name) => name.toLowerCase() === want.toLowerCase());
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
