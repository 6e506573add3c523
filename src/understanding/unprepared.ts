import type { Content } from '../content/content.ts';
import { fold, words } from '../text/words.ts';
import { classify } from './classifier.ts';
import { deciderOf } from './decide.ts';
import { kindOf, labelsIn, type Meaning, meaningsFrom, meaningsOf } from './meaning.ts';
import type { Model } from './model.ts';
import { concepts, indexTexts } from './passage-index.ts';
import { commonWords, relationReader, type Understanding } from './understand.ts';

/** How much sharper than their BM25 scores passages are told apart. */
const SHARPNESS = 0.6;
/** So much of a question's words must stand in a passage, by length, that it surely answers. */
const FULL_COVER = 0.6;
/** The passages of the model's own notice that a question is taken for lend it their words. */
const LENDERS = 2;
const LEAST_LENDER = 0.3;
/** Shorter words say little of what a question is about; longer ones are told by so many letters. */
const SHORTEST_WORD = 4;
const BEGINNING = 5;

/**
 * Understands questions to a notice without example questions. Whether something is a wish, small talk or outside is
 * what the model of `home` has learnt; which passage answers is found by words: the question's own and, because people
 * seldom use a notice's words, those of the home passages that the question would have been taken for.
 */
export function unpreparedUnderstanding(model: Model, home: Content, notice: Content): Understanding {
  const decider = deciderOf(notice);
  const learntLabels = labelsIn(model.classifier.labels, home);
  const labels = labelsIn([...notice.intents.keys(), ...notice.passages.keys()], notice);
  const { thesaurus } = home;
  const titleOf = new Map(notice.sections.map((section) => [section.id, section.title]));
  const texts = [...notice.passages.values()].map(({ id, text, section }) => ({
    id,
    text,
    title: titleOf.get(section),
  }));
  const index = indexTexts(texts, thesaurus);
  const folded = new Map(
    texts.map(({ id, text, title }) => {
      const whole = `${title ?? ''} ${text}`;
      return [id, { text: fold(whole.toLowerCase()), concepts: new Set(concepts(whole, thesaurus)) }];
    }),
  );

  function answersTo(
    text: string,
    learnt: readonly Meaning[],
  ): { shares: Map<string, number>; answered: number } {
    const lenders = learnt.filter(
      ({ kind, probability }) => kind === 'question' && probability >= LEAST_LENDER,
    );
    const lent = lenders.slice(0, LENDERS).flatMap(({ label, probability }) => {
      const topic = home.passages.get(label)?.topic;
      return topic ? [{ text: `${topic.sv} ${topic.en}`, weight: probability / 2 }] : [];
    });
    const scores = new Map<string, number>();
    for (const query of [{ text, weight: 1 }, ...lent])
      for (const { id, score } of index.search(query.text))
        scores.set(id, (scores.get(id) ?? 0) + query.weight * score);
    const top = Math.max(0, ...scores.values());
    const powers = [...scores].map(([id, score]) => [id, Math.exp((score - top) * SHARPNESS)] as const);
    const sum = powers.reduce((total, [, power]) => total + power, 0);
    const best = [...scores].find(([, score]) => score === top)?.[0];
    return {
      shares: new Map(powers.map(([id, power]) => [id, power / sum])),
      answered: best === undefined ? 0 : Math.min(1, cover(text, best) / FULL_COVER),
    };
  }

  // How much of the question's longer words stands in the passage: by their first letters, for endings differ, or by
  // another word for the same.
  function cover(question: string, passage: string): number {
    const found = folded.get(passage);
    const asked = words(question)
      .map(fold)
      .filter((word) => word.length >= SHORTEST_WORD);
    const covered = asked.filter(
      (word) =>
        found?.text.includes(word.slice(0, BEGINNING)) ||
        concepts(word, thesaurus).some((concept) => found?.concepts.has(concept)),
    );
    return asked.length === 0 ? 0 : covered.length / asked.length;
  }

  return {
    understand(text, locale) {
      const logs = classify(text, locale, model.classifier);
      const learnt = meaningsFrom(logs, learntLabels, model);
      // A question about privacy, answered by the home notice or not, may be answered by this one.
      const { question, guidance, unanswerable } = learnt.ofKind;
      const asked = question + guidance + unanswerable;
      const { shares, answered } = answersTo(text, learnt.likeliest);
      const probabilities = labels.all.map((label) => {
        if (label === 'unanswerable') return asked * (1 - answered);
        if (kindOf(label, notice) === 'question') return asked * answered * (shares.get(label) ?? 0);
        return learnt.of(label);
      });
      return decider.decide(meaningsOf(Float64Array.from(probabilities), labels));
    },
    relation: relationReader(model, home),
    isCommon: commonWords(model),
  };
}
