import type { Meaning } from './understand.ts';

/** What to do with a text: take it one way, or ask which of two or three ways was meant. */
export interface Decision {
  do: 'take' | 'clarify';
  /** Best first. */
  meanings: readonly Meaning[];
  /** The probability that taking it so is right. */
  confidence: number;
}

/** A passage less likely than this is not an answer: better an honest "the notice does not say". */
const LEAST_ANSWER = 0.08;
/** How often declining for want of a likely passage is right, roughly: of such rows about half have an answer. */
const DECLINED_FOR_WANT = 0.5;
/** A wish less likely than this is asked about where another wish is nearly as likely. */
const SURE_WISH = 0.4;
const NEAR_RIVAL = 0.7;

/** Decides what to do with a text from its meanings, best first. */
export function decide(meanings: readonly Meaning[]): Decision {
  const [first, second] = meanings;
  if (!first) return { do: 'take', meanings, confidence: 0 };
  if (first.kind === 'question' && first.probability < LEAST_ANSWER) {
    const decline = meanings.find((meaning) => meaning.kind === 'unanswerable');
    if (decline) {
      return {
        do: 'take',
        meanings: [decline, ...meanings.filter((other) => other !== decline)],
        confidence: DECLINED_FOR_WANT,
      };
    }
  }
  const areWishes = first.kind === 'request' && second?.kind === 'request';
  if (areWishes && first.probability < SURE_WISH && second.probability > NEAR_RIVAL * first.probability)
    return { do: 'clarify', meanings, confidence: first.probability };
  return { do: 'take', meanings, confidence: first.probability };
}
