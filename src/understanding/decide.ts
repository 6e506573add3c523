import type { Content } from '../content/content.ts';
import type { Costs } from '../content/dialogs-schema.ts';
import { quotedPassages } from '../content/quote.ts';
import type { Meaning } from './meaning.ts';

/** What to do with a text: take it one way, or ask which of two or three ways was meant. */
export interface Decision {
  do: 'take' | 'clarify';
  /** What it is taken for first, then the others, likeliest first. */
  meanings: readonly Meaning[];
  /** The probability that taking it so is right; as the model says it, or calibrated. */
  confidence: number;
}

/** Decides what to do with a text from its meanings, likeliest first. */
export interface Decider {
  decide(meanings: readonly Meaning[]): Decision;
  /** Whether doing one thing is right where the other was meant: they are one, or the one shows the other. */
  isRight(done: string, meant: string): boolean;
}

/** So many of the likeliest labels are weighed as answers. */
const WEIGHED = 12;
const OFFERED = 3;

/** The decider of a notice: every way to take a text is weighed by what it costs where another was meant. */
export function deciderOf(content: Content): Decider {
  const { costs, whole_list, asking } = content.decisions;
  const shows = shownBy(content);
  const lists = [...content.passages.values()]
    .map((passage) => passage.id)
    .filter((id) => quotedPassages(id, content).length > 1);

  const isRight = (done: string, meant: string) =>
    done === meant || (shows.get(done)?.has(meant) ?? false) || (isDecline(done) && isDecline(meant));

  function costOf(done: Meaning, meanings: readonly Meaning[]): number {
    const table: Costs = costs[done.kind];
    let sum = 0;
    for (const meant of meanings) {
      if (done.label === meant.label) continue;
      const shown = shows.get(done.label)?.has(meant.label) ?? false;
      const isItem = shown && content.passages.get(done.label)?.opens.includes(meant.label);
      if (isItem) sum += whole_list * meant.probability;
      else if (!shown)
        sum += meant.probability * (done.kind === meant.kind ? (table.other ?? 0) : (table[meant.kind] ?? 0));
    }
    return sum;
  }

  return {
    isRight,
    decide(meanings) {
      const [first] = meanings;
      if (!first) return { do: 'take', meanings, confidence: 0 };
      const likely = meanings.slice(0, WEIGHED);
      const declines = meanings.filter((meaning) => isDecline(meaning.label));
      const wholes = meanings.filter((meaning) => lists.includes(meaning.label));
      let best = first;
      let least = Number.POSITIVE_INFINITY;
      for (const candidate of new Set([...likely, ...declines, ...wholes])) {
        const cost = costOf(candidate, meanings);
        if (cost < least) [best, least] = [candidate, cost];
      }
      const offered = distinct([best, ...meanings], shows).slice(0, OFFERED);
      const sure = chance(best.label, meanings, isRight);
      const found = meanings.reduce(
        (sum, meant) => sum + (offered.some((each) => isRight(each.label, meant.label)) ? meant.probability : 0),
        0,
      );
      const askingCost = asking.offered * found + asking.missing * (1 - found);
      const ordered = distinct([best, ...meanings], shows);
      return askingCost < least
        ? { do: 'clarify', meanings: ordered, confidence: 0 }
        : { do: 'take', meanings: ordered, confidence: sure };
    },
  };
}

function chance(
  done: string,
  meanings: readonly Meaning[],
  isRight: (done: string, meant: string) => boolean,
): number {
  return meanings.reduce((sum, meant) => sum + (isRight(done, meant.label) ? meant.probability : 0), 0);
}

function isDecline(label: string): boolean {
  return label === 'unanswerable' || label === 'out_of_scope';
}

// A meaning is left out where an earlier one shows it already.
function distinct(meanings: readonly Meaning[], shows: ReadonlyMap<string, ReadonlySet<string>>): Meaning[] {
  const seen = new Set<string>();
  return meanings.filter((meaning) => {
    if (seen.has(meaning.label)) return false;
    seen.add(meaning.label);
    for (const shown of shows.get(meaning.label) ?? []) seen.add(shown);
    return true;
  });
}

/** For every passage and guidance intent, what else is shown with it: its list, its double, the passages it quotes. */
function shownBy(content: Content): ReadonlyMap<string, ReadonlySet<string>> {
  const shows = new Map<string, Set<string>>();
  const add = (label: string, shown: readonly string[]) => {
    const all = shows.get(label) ?? new Set();
    for (const each of shown) all.add(each);
    shows.set(label, all);
  };
  for (const passage of content.passages.values())
    add(passage.id, [...quotedPassages(passage.id, content).slice(1), ...passage.sameAs]);
  for (const intent of content.intents.values()) {
    const [first] = intent.passages;
    if (!first) continue;
    add(intent.id, [first]);
    add(first, [intent.id]);
  }
  return shows;
}
