import type { Content } from '../src/content/content.ts';
import type { Example } from '../src/content/examples.ts';
import { classify } from '../src/understanding/classifier.ts';
import { deciderOf } from '../src/understanding/decide.ts';
import { type FeatureReader, featuresWith } from '../src/understanding/features.ts';
import { kindOf, labelsIn, meaningsFrom } from '../src/understanding/meaning.ts';
import { rowsOf, shiftsOf } from '../src/understanding/train.ts';
import { type Row, trainClassifier } from '../src/understanding/train-classifier.ts';

/** What was right of rows that whole authors wrote and training has not seen, as shares. */
export interface Shares {
  questionSv: number;
  questionEn: number;
  inThree: number;
  request: number;
  declined: number;
  refused: number;
  all: number;
}

/** What can be left out or changed to see what it is worth. */
export interface Variant {
  read?: FeatureReader;
  rows?: (rows: Row[]) => Row[];
  /** How many of the networks vote. */
  votes?: number;
  /** Decide by the likeliest label alone. */
  isCostless?: boolean;
}

/** Trains on some examples and asks the others; temperature 1, for nothing is held out to fit it. */
export async function shareRight(
  known: readonly Example[],
  asked: readonly Example[],
  content: Content,
  variant: Variant = {},
): Promise<Shares> {
  const all = rowsOf(known, content);
  const rows = variant.rows ? variant.rows(all) : all;
  const { classifier } = await trainClassifier(rows, variant.read ?? featuresWith(content.thesaurus));
  const voting = { ...classifier, networks: classifier.networks.slice(0, variant.votes) };
  const labels = labelsIn(classifier.labels, content);
  const scaling = { temperature: 1, shifts: shiftsOf(classifier.labels, rows, content) };
  const decider = deciderOf(content);
  const tally = new Map<keyof Shares, [number, number]>();
  const count = (name: keyof Shares, isRight: boolean) => {
    const [right, of] = tally.get(name) ?? [0, 0];
    tally.set(name, [right + (isRight ? 1 : 0), of + 1]);
  };
  for (const { text, locale, label } of asked) {
    const meanings = meaningsFrom(classify(text, locale, voting), labels, scaling);
    const decision = decider.decide(meanings);
    const likeliest = meanings.likeliest[0]?.label ?? '';
    const done = variant.isCostless
      ? likeliest
      : decision.do === 'take'
        ? (decision.meanings[0]?.label ?? '')
        : '';
    const kind = kindOf(label, content);
    const doneKind = done && kindOf(done, content);
    const isRight = done !== '' && decider.isRight(done, label);
    count('all', isRight);
    if (kind === 'question') {
      count(locale === 'sv' ? 'questionSv' : 'questionEn', isRight);
      count('refused', doneKind === 'unanswerable' || doneKind === 'out_of_scope');
      const passages = decision.meanings.filter((meaning) => meaning.kind === 'question').slice(0, 3);
      count(
        'inThree',
        passages.some((passage) => decider.isRight(passage.label, label)),
      );
    } else if (kind === 'request') count('request', isRight);
    else if (kind === 'unanswerable' || kind === 'out_of_scope') count('declined', isRight);
  }
  const share = (name: keyof Shares) => {
    const [right, of] = tally.get(name) ?? [0, 1];
    return right / of;
  };
  return {
    questionSv: share('questionSv'),
    questionEn: share('questionEn'),
    inThree: share('inThree'),
    request: share('request'),
    declined: share('declined'),
    refused: share('refused'),
    all: share('all'),
  };
}

/** The passes that the benches hold out whole: complete sets by two authors, nothing alike. */
export const HELD_OUT = ['evening', 'consultants'];
