import type { Content } from '../content/content.ts';
import { findPhrase } from '../text/phrases.ts';
import { spellingOf } from '../text/spelling.ts';
import { type Locale, sentences, words } from '../text/words.ts';
import { features } from './features.ts';
import type { MeaningKind } from './meaning-kind.ts';
import { type Model, scoreLabels } from './model.ts';
import { indexPassages } from './passage-index.ts';
import { softmax } from './softmax.ts';
import { vectorise } from './vocabulary.ts';

/** One thing a text may mean: a passage id or an intent id, with its probability. */
export interface Meaning {
  label: string;
  kind: MeaningKind;
  probability: number;
}

/** What a BM25 score of lunr adds to a passage's score: it decides between passages that are otherwise level. */
const INDEX_WEIGHT = 0.02;

/** What a follow-up adds to the passages of the section that was just quoted. */
const SAME_SECTION = 0.2;

/** What a follow-up leans on: the question before it and the passages that answered it. */
export interface About {
  text: string;
  passages: readonly string[];
}

export interface Understanding {
  /** Every meaning with its probability, best first. `about` is what was just asked, if anything was. */
  understand(text: string, locale: Locale, about: About | null): Meaning[];
}

const inPart: ReadonlySet<MeaningKind> = new Set<MeaningKind>(['question', 'request', 'guidance']);

/** The understanding that a trained model gives. */
export function understandingOf(model: Model, content: Content): Understanding {
  const index = indexPassages(content);
  const spelling = spellingOf(knownWords(model));
  const kinds = model.kindOf.map((kind): MeaningKind => model.kinds[kind] ?? 'question');

  function scores(text: string, locale: Locale): Float64Array {
    const whole = scoresOf(text, locale);
    const parts = sentences(text).filter((part) => words(part).length >= 2);
    if (parts.length < 2 || parts.length > 8) return whole;
    // The point of a message is often in one sentence of it, and where one asks, it is that one: the best part counts
    // as much as the whole. Small talk and what lies outside must hold for the whole.
    const asking = parts.filter((part) => part.endsWith('?'));
    const each = (asking.length > 0 ? asking : parts).map((part) => scoresOf(part, locale));
    return whole.map((score, label) =>
      inPart.has(kinds[label] ?? 'meta')
        ? (score + Math.max(...each.map((part) => part[label] ?? score))) / 2
        : score,
    );
  }

  function scoresOf(text: string, locale: Locale): Float64Array {
    const linear = scoreLabels(vectorise(features(text, locale, spelling), model.vocabulary), model);
    const found = index.search(text, locale);
    return linear.map((score, label) => score + INDEX_WEIGHT * (found.get(model.labels[label] ?? '') ?? 0));
  }

  function leanOn(own: Float64Array, text: string, locale: Locale, about: About): Float64Array {
    if (!isFollowUp(text, content)) return own;
    const joined = scores(`${about.text} ${text}`, locale);
    const sections = new Set(about.passages.map((id) => content.passages.get(id)?.section));
    return own.map((score, label) => {
      const section = content.passages.get(model.labels[label] ?? '')?.section;
      return (score + (joined[label] ?? 0)) / 2 + (section && sections.has(section) ? SAME_SECTION : 0);
    });
  }

  return {
    understand(text, locale, about) {
      const own = scores(text, locale);
      const leaned = about ? leanOn(own, text, locale, about) : own;
      const probabilities = softmax(leaned, model.temperature);
      return model.labels
        .map((label, position) => ({
          label,
          kind: kinds[position] ?? 'question',
          probability: probabilities[position] ?? 0,
        }))
        .sort((a, b) => b.probability - a.probability);
    },
  };
}

/** A word that stands in fewer examples than one in so many is no target for a correction. */
const RARE = 1000;

// The common words of the examples, most frequent first: the rarer a feature, the higher its idf.
function knownWords(model: Model): string[] {
  const { index, idf } = model.vocabulary;
  return [...index]
    .filter(([feature, column]) => feature.startsWith('w ') && (idf[column] ?? 0) < 1 + Math.log(RARE))
    .sort(([, a], [, b]) => (idf[a] ?? 0) - (idf[b] ?? 0))
    .map(([feature]) => feature.slice(2));
}

/** A short text that leans on the one before it: "och i USA?", "hur länge då?", "what about that?" */
export function isFollowUp(text: string, content: Content): boolean {
  const tokens = words(text);
  if (tokens.length === 0 || tokens.length > 9) return false;
  return [content.words.sv, content.words.en].some(
    (list) =>
      list.follow_up.some((phrase) => findPhrase(tokens, phrase) === 0) ||
      (tokens.length <= 5 && list.pronouns.some((word) => tokens.includes(word))),
  );
}
