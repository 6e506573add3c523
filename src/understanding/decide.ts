import type { Meaning } from './understand.ts';

/** What to do with a text: take it one way, or ask which of two or three ways was meant. */
export interface Decision {
  do: 'take' | 'clarify';
  /** Best first. */
  meanings: readonly Meaning[];
  /** The probability that taking it so is right. */
  confidence: number;
}

/** The rules by which meanings become a decision; chosen on held-out examples, see docs/design.md. */
const ANSWER_SHARE = 0.5;
const RIVAL = 0.75;
const UNSURE = 0.35;

/**
 * Decides what to do. Passages compete with declining as a body: a question spread thin over five passages of one
 * section is still a question. Two near-equal wishes of different kinds are asked about.
 */
export function decide(meanings: readonly Meaning[]): Decision {
  const [first, second] = meanings;
  if (!first) return { do: 'take', meanings, confidence: 0 };
  const share = (kinds: readonly Meaning['kind'][]) =>
    meanings.reduce((sum, meaning) => sum + (kinds.includes(meaning.kind) ? meaning.probability : 0), 0);
  const questions = share(['question', 'guidance']);
  const declines = share(['unanswerable', 'out_of_scope']);
  if (first.kind === 'question' && declines > questions * ANSWER_SHARE * 2) {
    const decline = meanings.find(
      (meaning) => meaning.kind === 'unanswerable' || meaning.kind === 'out_of_scope',
    );
    if (decline)
      return {
        do: 'take',
        meanings: [decline, ...meanings.filter((meaning) => meaning !== decline)],
        confidence: declines,
      };
  }
  if (
    first.kind === 'request' &&
    second?.kind === 'request' &&
    first.probability < UNSURE &&
    second.probability > RIVAL * first.probability
  )
    return { do: 'clarify', meanings, confidence: first.probability };
  return { do: 'take', meanings, confidence: first.probability };
}
