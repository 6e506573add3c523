import { fold, type Locale, words } from '../text/words.ts';
import type { Content } from './content.ts';
import type { ContentFault } from './content-file.ts';
import { relations } from './dialogs-schema.ts';
import type { Example, RelationExample } from './examples.ts';
import { fault } from './fault.ts';

const locales: readonly Locale[] = ['sv', 'en'];
/** From so many words on, two texts under one label that differ in one word are a series and no second example. */
const SERIES_FROM = 6;

/** Checks of the example utterances: known labels, all labels, no text twice, none under two labels, no series. */
export function lintExamples(content: Content, examples: readonly Example[]): ContentFault[] {
  return [...exampleLabels(content, examples), ...sameWords(examples), ...series(examples)];
}

/** The same for the texts that tell how their writers are related to the company. */
export function lintRelations(examples: readonly RelationExample[]): ContentFault[] {
  const known = new Set<string>([...relations, 'none']);
  const unknown = examples
    .filter((example) => !known.has(example.label))
    .map((example) => ({
      ...fault(example.file, `[${example.label}] is no relation`, 'Correct the label'),
      line: example.line,
    }));
  return [...unknown, ...sameWords(examples)];
}

/** Every label of an example exists, and everything there is has examples in both languages. */
function exampleLabels(content: Content, examples: readonly Example[]): ContentFault[] {
  const known = new Set([...content.passages.keys(), ...content.intents.keys()]);
  const unknown = examples
    .filter((example) => !known.has(example.label))
    .map((example) => ({
      ...fault(example.file, `[${example.label}] is neither a passage nor an intent`, 'Correct the label'),
      line: example.line,
    }));
  const bare = [...known].flatMap((label) =>
    locales
      .filter((locale) => !examples.some((example) => example.label === label && example.locale === locale))
      .map((locale) =>
        fault(
          content.passages.has(label) ? 'knowledge/questions' : 'dialogs/examples',
          `${label} has no example in ${locale}`,
          'Write some: nothing is understood without',
        ),
      ),
  );
  return [...unknown, ...bare];
}

/** No two examples are the same words, whatever their order, spelling of å, ä and ö, and punctuation. */
function sameWords(examples: readonly Example[]): ContentFault[] {
  const first = new Map<string, Example>();
  return examples.flatMap((example) => {
    const key = [...new Set(words(example.text).map(fold))].sort().join(' ') || example.text;
    const before = first.get(key);
    if (!before) {
      first.set(key, example);
      return [];
    }
    const message =
      before.label === example.label
        ? `stands already at ${placeOf(before)}`
        : `stands under [${before.label}] too, at ${placeOf(before)}`;
    return [{ ...fault(example.file, message, 'Delete one of the two'), line: example.line }];
  });
}

/** No example is another of its label with one word exchanged. */
function series(examples: readonly Example[]): ContentFault[] {
  const first = new Map<string, Example>();
  return examples.flatMap((example) => {
    const tokens = words(example.text).map(fold);
    if (tokens.length < SERIES_FROM) return [];
    const gapped = tokens.map((_, gap) =>
      [example.label, ...tokens.slice(0, gap), '', ...tokens.slice(gap + 1)].join(' '),
    );
    const before = gapped.map((key) => first.get(key)).find((found) => found !== undefined);
    if (!before) {
      for (const key of gapped) first.set(key, example);
      return [];
    }
    const message = `is ${placeOf(before)} with one word exchanged`;
    return [{ ...fault(example.file, message, 'Say it in another way'), line: example.line }];
  });
}

function placeOf(example: Example): string {
  return `${example.file.split('/').slice(-2).join('/')}:${example.line}`;
}
