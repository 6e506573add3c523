import type { Content } from '../content/content.ts';
import { beginsWithPhrase } from '../text/phrases.ts';
import { type Locale, words } from '../text/words.ts';
import { readCurve } from './calibration.ts';
import { classify, score } from './classifier.ts';
import { type Decision, deciderOf } from './decide.ts';
import { labelsIn, meaningsFrom } from './meaning.ts';
import type { Model } from './model.ts';
import { frequentIn } from './vocabulary.ts';

/** What a follow-up adds to the passages of the section that was just quoted, as a logarithm … */
const SAME_SECTION = 1;
/** … and takes from the passage itself: nobody asks for what they have just read. */
const JUST_SHOWN = 2;

/** What a follow-up leans on: the question before it and the passages that answered it. */
export interface About {
  text: string;
  passages: readonly string[];
}

export interface Understanding {
  /** What a text is to be taken for, with the probability that this is right. `about`: what was just asked. */
  understand(text: string, locale: Locale, about: About | null): Decision;
  /** How the person is related to the company, where the text tells it; `isAsked`: where it was asked for. */
  relation(text: string, locale: Locale, isAsked: boolean): string | null;
  /** Whether a word is in so many examples that it gives nobody away. */
  isCommon(word: string): boolean;
}

/** The understanding that a trained model gives. */
export function understandingOf(model: Model, content: Content): Understanding {
  const labels = labelsIn(model.classifier.labels, content);
  const decider = deciderOf(content);

  const read = (text: string, locale: Locale) => score(text, locale, model.classifier);

  function leanOn(own: Float64Array, text: string, locale: Locale, about: About): Float64Array {
    if (!isFollowUp(text, content)) return own;
    const joined = read(`${about.text} ${text}`, locale);
    const sections = new Set(about.passages.map((id) => content.passages.get(id)?.section));
    return own.map((log, label) => {
      const id = labels.all[label] ?? '';
      const section = content.passages.get(id)?.section;
      const lean = section && sections.has(section) ? SAME_SECTION : 0;
      return (log + (joined[label] ?? 0)) / 2 + lean - (id === about.passages[0] ? JUST_SHOWN : 0);
    });
  }

  return {
    understand(text, locale, about) {
      const own = read(text, locale);
      const leaned = about ? leanOn(own, text, locale, about) : own;
      const decision = decider.decide(meaningsFrom(leaned, labels, model));
      return { ...decision, confidence: readCurve(model.curve, decision.confidence) };
    },
    relation: relationReader(model, content),
    isCommon: commonWords(model),
  };
}

/** Reads a relation where it is likely enough to be taken down; `none` is one of what can be said. */
export function relationReader(model: Model, content: Content): Understanding['relation'] {
  const { relation, relation_asked } = content.decisions.conversation;
  const { labels } = model.relations;
  return (text, locale, isAsked) => {
    const least = Math.log(isAsked ? relation_asked : relation);
    const logs = classify(text, locale, model.relations);
    const top = logs.reduce((best, log, label) => (log > (logs[best] ?? 0) ? label : best), 0);
    const found = labels[top];
    return found === undefined || found === 'none' || (logs[top] ?? 0) < least ? null : found;
  };
}

/** As many examples hold a word that names nobody; no first name of the bank comes in so many. */
const COMMON = 20;

/** Tells words that many examples hold from rare ones. */
export function commonWords(model: Model): Understanding['isCommon'] {
  const { read, vocabulary } = model.classifier;
  const isFrequent = frequentIn(vocabulary, COMMON);
  return (word) => {
    const [token, ...others] = read(word, 'sv').tokens;
    return token !== undefined && others.length === 0 && isFrequent(token);
  };
}

/** A short text that leans on the one before it: "och i USA?", "hur länge då?", "what about that?" */
export function isFollowUp(text: string, content: Content): boolean {
  const tokens = words(text);
  if (tokens.length === 0 || tokens.length > 9) return false;
  return [content.words.sv, content.words.en].some(
    (list) =>
      beginsWithPhrase(tokens, list.follow_up) ||
      (tokens.length <= 5 && list.pronouns.some((word) => tokens.includes(word))),
  );
}
