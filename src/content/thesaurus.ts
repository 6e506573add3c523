import { readFileSync } from 'node:fs';
import { fold } from '../text/words.ts';
import { ContentError } from './content-file.ts';

/** The concepts that a folded word stands for: "cancer" and "sjukskriven" are both of `health`, whatever the language. */
export type Thesaurus = ReadonlyMap<string, readonly string[]>;

/**
 * Reads a thesaurus: one concept a line, `concept: word, word, …`, Swedish and English together.
 * @throws {ContentError} for every line that is none.
 */
export function readThesaurus(file: string): Thesaurus {
  const concepts = new Map<string, string[]>();
  const faults: number[] = [];
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (!line.trim()) continue;
    const [, concept, members] = /^([a-z_]+): (.+)$/.exec(line) ?? [];
    if (!concept || !members) {
      faults.push(index + 1);
      continue;
    }
    for (const word of members.split(',')) {
      const folded = fold(word.trim().toLowerCase());
      const known = concepts.get(folded);
      if (known) known.push(concept);
      else concepts.set(folded, [concept]);
    }
  }
  if (faults.length === 0) return concepts;
  throw new ContentError(
    faults.map((line) => ({
      file,
      line,
      message: 'this is no concept',
      advice: 'Write it as "concept: word, word", the concept in small letters and underscores',
    })),
  );
}
