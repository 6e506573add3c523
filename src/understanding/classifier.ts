import type { Locale } from '../text/words.ts';
import type { FeatureReader } from './features.ts';
import { logSoftmax, type Network, vote } from './network.ts';
import { type Vocabulary, vectorise } from './vocabulary.ts';

/** A trained classifier: which labels there are, the features it knows, and the networks that vote. */
export interface Classifier {
  labels: readonly string[];
  vocabulary: Vocabulary;
  networks: readonly Network[];
  /** How texts are read; not part of the artefact. */
  read: FeatureReader;
}

/** The score of every label for a text, in the order of `labels`: see `vote`. */
export function score(text: string, locale: Locale, classifier: Classifier): Float64Array {
  return vote(vectorise(classifier.read(text, locale), classifier.vocabulary), classifier.networks);
}

/** The logarithm of every label's probability for a text, in the order of `labels`. */
export function classify(text: string, locale: Locale, classifier: Classifier): Float64Array {
  return logSoftmax(score(text, locale, classifier));
}
