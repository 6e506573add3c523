import { createRequire } from 'node:module';
import { join } from 'node:path';
import lunr from 'lunr';
import type { Content } from '../src/content/content.ts';
import { type Example, readRelationExamples } from '../src/content/examples.ts';
import { ROOT } from '../src/paths.ts';
import { stem } from '../src/text/stem.ts';
import { type Locale, words } from '../src/text/words.ts';
import { trainModel } from '../src/understanding/train.ts';
import { understandingOf } from '../src/understanding/understand.ts';

/** Labels for a text, best first: passages and intents. None at all is a refusal. */
export type Rank = (text: string, locale: Locale) => Promise<readonly string[]> | readonly string[];

/** Something that can be taught by the same bank and asked the same questions. */
export interface Contender {
  title: string;
  /** Every so many-th example is all it can be taught in reasonable time; 1 is all of them. */
  every: number;
  train(examples: readonly Example[], content: Content): Promise<Rank>;
}

const require = createRequire(import.meta.url);
const natural = (file: string) => require(`natural/lib/natural/classifiers/${file}`);
const naturalStemmer = () => require('natural/lib/natural/stemmers/porter_stemmer_sv');

export const contenders: Readonly<Record<string, Contender>> = {
  engine: {
    title: 'this engine',
    every: 1,
    async train(examples, content) {
      const understanding = understandingOf(
        await trainModel(examples, readRelationExamples(ROOT), content, ''),
        content,
      );
      return (text, locale) => {
        const decision = understanding.understand(text, locale, null);
        return decision.do === 'clarify' ? [] : decision.meanings.map((meaning) => meaning.label);
      };
    },
  },
  lunr: {
    title: 'lunr, Swedish stemmer',
    every: 1,
    async train(_, content) {
      const stems = (text: string) => words(text).map((word) => stem(word, 'sv'));
      const index = lunr(function () {
        this.pipeline.reset();
        this.searchPipeline.reset();
        this.ref('id');
        this.field('text');
        for (const { id, text } of content.passages.values()) this.add({ id, text: stems(text) });
      });
      return (text) => {
        const asked = new Set(stems(text));
        return index
          .query((query) => {
            for (const term of asked) query.term(term, {});
          })
          .map((hit) => hit.ref);
      };
    },
  },
  bayes: {
    title: 'natural, Bayes',
    every: 1,
    async train(examples) {
      const Classifier = natural('bayes_classifier.js');
      return taught(new Classifier(naturalStemmer()), examples);
    },
  },
  regression: {
    title: 'natural, logistic regression',
    // Its matrices are dense and its time grows with rows times words: more rows than this take hours.
    every: 200,
    async train(examples) {
      const Classifier = natural('logistic_regression_classifier.js');
      return taught(new Classifier(naturalStemmer()), examples);
    },
  },
  nlpjs: {
    title: 'node-nlp (NLP.js)',
    // Its time grows faster than the rows: the whole bank had not been learnt after ten minutes.
    every: 4,
    async train(examples) {
      const { NlpManager } = createRequire(join(import.meta.dirname, 'peers', 'package.json'))('node-nlp');
      const manager = new NlpManager({
        languages: ['sv', 'en'],
        autoSave: false,
        forceNER: false,
        nlu: { log: false, useNoneFeature: false },
      });
      for (const { text, label, locale } of examples) manager.addDocument(locale, text, label);
      await manager.train();
      return async (text, locale) => {
        const { classifications } = await manager.process(locale, text);
        return classifications.map((each: { intent: string }) => each.intent);
      };
    },
  },
};

interface NaturalClassifier {
  addDocument(text: string, label: string): void;
  train(): void;
  getClassifications(text: string): { label: string; value: number }[];
}

function taught(classifier: NaturalClassifier, examples: readonly Example[]): Rank {
  for (const { text, label } of examples) classifier.addDocument(text, label);
  classifier.train();
  return (text) => classifier.getClassifications(text).map((each) => each.label);
}
