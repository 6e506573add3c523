import type { Content } from '../content/content.ts';
import { type MeaningKind, meaningKinds } from '../content/dialogs-schema.ts';
import { quotedPassages } from '../content/quote.ts';
import { kindOf, type Meaning, type Meanings } from './meaning.ts';

/** What to do with a text: take it one way, or ask which of two or three ways was meant. */
export interface Decision {
  do: 'take' | 'clarify';
  /** What it is taken for first, then the others, likeliest first; what an earlier one shows is left out. */
  meanings: readonly Meaning[];
  /** The probability that taking it so is right; as the model says it, or calibrated. */
  confidence: number;
}

/** Decides what to do with a text from all that it may mean. */
export interface Decider {
  decide(meanings: Meanings): Decision;
  /** Whether doing one thing is right where the other was meant: they are one, or the one shows the other. */
  isRight(done: string, meant: string): boolean;
}

/** So many of the likeliest meanings are weighed. */
const WEIGHED = 12;
const OFFERED = 3;

/** The decider of a notice: every way to take a text is weighed by what it costs where another was meant. */
export function deciderOf(content: Content): Decider {
  const { costs, whole_list, asking } = content.decisions;
  const shows = shownBy(content);
  const shownWith = (label: string): readonly string[] => shows.get(label) ?? [];
  const declines = [...content.intents.keys()].filter(isDecline);
  const listOf = new Map(
    [...content.passages.values()].flatMap(({ id, opens }) => opens.map((item) => [item, id] as const)),
  );

  return {
    isRight: (done, meant) =>
      done === meant || shownWith(done).includes(meant) || (isDecline(done) && isDecline(meant)),

    decide(meanings) {
      let best: Meaning | undefined;
      let least = Number.POSITIVE_INFINITY;
      for (const candidate of candidates(meanings)) {
        const cost = costOf(candidate, meanings);
        if (cost < least) [best, least] = [candidate, cost];
      }
      if (!best) return { do: 'take', meanings: [], confidence: 0 };
      const ordered = distinct([best, ...meanings.likeliest]);
      // "Something else" is no rival that a person could be asked about.
      const rivals = ordered.filter(({ label }) => !isDecline(label));
      const offered = rivals.slice(0, OFFERED).reduce((sum, each) => sum + chance(each, meanings), 0);
      return asking.offered * offered + asking.missing * (1 - offered) < least
        ? { do: 'clarify', meanings: rivals, confidence: 0 }
        : { do: 'take', meanings: ordered, confidence: chance(best, meanings) };
    },
  };

  // Besides the likeliest: declining, and the lists whose items share the likelihood.
  function candidates(meanings: Meanings): Iterable<Meaning> {
    const likeliest = meanings.likeliest.slice(0, WEIGHED);
    const found = new Map(likeliest.map((meaning) => [meaning.label, meaning]));
    const lists = likeliest.flatMap(({ label }) => listOf.get(label) ?? []);
    for (const label of [...declines, ...lists])
      if (!found.has(label))
        found.set(label, { label, kind: kindOf(label, content), probability: meanings.of(label) });
    return found.values();
  }

  // The expected cost of doing one thing: by the kinds of what may be meant, less what is right or half right.
  function costOf(done: Meaning, meanings: Meanings): number {
    const table = costs[done.kind];
    const costWhere = (kind: MeaningKind) => (kind === done.kind ? (table.other ?? 0) : (table[kind] ?? 0));
    let cost = -costWhere(done.kind) * done.probability;
    for (const kind of meaningKinds) cost += costWhere(kind) * meanings.ofKind[kind];
    const opens = content.passages.get(done.label)?.opens;
    for (const label of shownWith(done.label))
      cost -=
        (costWhere(kindOf(label, content)) - (opens?.includes(label) ? whole_list : 0)) * meanings.of(label);
    return cost;
  }

  function chance(done: Meaning, meanings: Meanings): number {
    if (isDecline(done.label)) return declines.reduce((sum, label) => sum + meanings.of(label), 0);
    return shownWith(done.label).reduce((sum, label) => sum + meanings.of(label), done.probability);
  }

  function distinct(meanings: readonly Meaning[]): Meaning[] {
    const seen = new Set<string>();
    return meanings.filter(({ label }) => {
      if (seen.has(label)) return false;
      seen.add(label);
      for (const shown of shownWith(label)) seen.add(shown);
      return true;
    });
  }
}

function isDecline(label: string): boolean {
  return label === 'unanswerable' || label === 'out_of_scope';
}

/** For every passage and guidance intent, what else is shown with it: its list, its double, the passage it quotes. */
function shownBy(content: Content): ReadonlyMap<string, readonly string[]> {
  const shows = new Map<string, readonly string[]>();
  for (const { id, sameAs } of content.passages.values())
    shows.set(id, [...quotedPassages(id, content).slice(1), ...sameAs]);
  for (const { id, kind, passages } of content.intents.values())
    if (kind === 'guidance') shows.set(id, passages.slice(0, 1));
  return shows;
}
