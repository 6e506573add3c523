import type { Content } from '../content/content.ts';
import { type MeaningKind, meaningKinds } from '../content/dialogs-schema.ts';
import { quotedPassages } from '../content/quote.ts';
import type { Meaning } from './meaning.ts';

/** What to do with a text: take it one way, or ask which of two or three ways was meant. */
export interface Decision {
  do: 'take' | 'clarify';
  /** What it is taken for first, then the others, likeliest first; what an earlier one shows is left out. */
  meanings: readonly Meaning[];
  /** The probability that taking it so is right; as the model says it, or calibrated. */
  confidence: number;
}

/** Decides what to do with a text from all its meanings, likeliest first. */
export interface Decider {
  decide(meanings: readonly Meaning[]): Decision;
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
  const shownWith = (label: string): ReadonlySet<string> => shows.get(label) ?? nothing;
  const isRight = (done: string, meant: string) =>
    done === meant || shownWith(done).has(meant) || (isDecline(done) && isDecline(meant));
  // What is weighed however unlikely it is by itself: declining, and lists whose items share the likelihood.
  const always = [
    ...[...content.intents.keys()].filter(isDecline),
    ...[...content.passages.values()].filter((passage) => shownWith(passage.id).size > 0).map(({ id }) => id),
  ];

  return {
    isRight,
    decide(meanings) {
      const byLabel = new Map(meanings.map((meaning) => [meaning.label, meaning]));
      const byKind = sums(meanings);
      const likeliest = new Map<string, Meaning>();
      for (const meaning of meanings.slice(0, WEIGHED)) likeliest.set(meaning.label, meaning);
      for (const label of always) {
        const meaning = byLabel.get(label);
        if (meaning) likeliest.set(label, meaning);
      }
      let best: Meaning | undefined;
      let least = Number.POSITIVE_INFINITY;
      for (const candidate of likeliest.values()) {
        const cost = costOf(candidate, byLabel, byKind);
        if (cost < least) [best, least] = [candidate, cost];
      }
      if (!best) return { do: 'take', meanings, confidence: 0 };
      const ordered = distinct([best, ...meanings]);
      // "Something else" is no rival that a person could be asked about.
      const rivals = ordered.filter(({ label }) => !isDecline(label));
      const offered = rivals.slice(0, OFFERED).reduce((sum, each) => sum + chance(each, byLabel), 0);
      return asking.offered * offered + asking.missing * (1 - offered) < least
        ? { do: 'clarify', meanings: rivals, confidence: 0 }
        : { do: 'take', meanings: ordered, confidence: chance(best, byLabel) };
    },
  };

  /** The expected cost of doing one thing: by the kinds of what may be meant, less what is right or half right. */
  function costOf(
    done: Meaning,
    byLabel: ReadonlyMap<string, Meaning>,
    byKind: ReadonlyMap<MeaningKind, number>,
  ): number {
    const table = costs[done.kind];
    const costWhere = (kind: MeaningKind) => (kind === done.kind ? (table.other ?? 0) : (table[kind] ?? 0));
    let cost = meaningKinds.reduce((sum, kind) => sum + costWhere(kind) * (byKind.get(kind) ?? 0), 0);
    cost -= costWhere(done.kind) * done.probability;
    const opens = content.passages.get(done.label)?.opens;
    for (const label of shownWith(done.label)) {
      const meant = byLabel.get(label);
      if (meant)
        cost -= (costWhere(meant.kind) - (opens?.includes(label) ? whole_list : 0)) * meant.probability;
    }
    return cost;
  }

  function chance(done: Meaning, byLabel: ReadonlyMap<string, Meaning>): number {
    let sum = done.probability;
    for (const label of shownWith(done.label)) sum += byLabel.get(label)?.probability ?? 0;
    if (isDecline(done.label))
      for (const other of ['unanswerable', 'out_of_scope'])
        if (other !== done.label) sum += byLabel.get(other)?.probability ?? 0;
    return Math.min(1, sum);
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

const nothing: ReadonlySet<string> = new Set();

function isDecline(label: string): boolean {
  return label === 'unanswerable' || label === 'out_of_scope';
}

function sums(meanings: readonly Meaning[]): ReadonlyMap<MeaningKind, number> {
  const byKind = new Map<MeaningKind, number>();
  for (const { kind, probability } of meanings) byKind.set(kind, (byKind.get(kind) ?? 0) + probability);
  return byKind;
}

/** For every passage and guidance intent, what else is shown with it: its list, its double, the passage it quotes. */
function shownBy(content: Content): ReadonlyMap<string, ReadonlySet<string>> {
  const shows = new Map<string, ReadonlySet<string>>();
  for (const { id, sameAs } of content.passages.values())
    shows.set(id, new Set([...quotedPassages(id, content).slice(1), ...sameAs]));
  for (const { id, kind, passages } of content.intents.values())
    if (kind === 'guidance') shows.set(id, new Set(passages.slice(0, 1)));
  return shows;
}
