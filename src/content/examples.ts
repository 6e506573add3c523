import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '../text/words.ts';
import { ContentError } from './content-file.ts';

/** One thing somebody might type, and what it means: a passage id or an intent id. */
export interface Example {
  text: string;
  label: string;
  locale: Locale;
  /** The independent set it was written in; sets are held out whole when measuring. */
  pass: string;
  file: string;
  line: number;
}

/** How the writer of a text is related to the company, or `none`. */
export type RelationExample = Example;

/**
 * Reads the texts that tell how their writers are related to the company, below dialogs/relations.
 * @throws {ContentError} as readExamples.
 */
export function readRelationExamples(root: string): RelationExample[] {
  const folder = join(root, 'dialogs', 'relations');
  return list(folder).flatMap((name) => readFile(join(folder, name), name.split('.')[0] ?? name));
}

/**
 * Reads the example utterances below knowledge/questions and dialogs/examples.
 * A file is `<pass>/<name>.<locale>.txt`: a `[label]` line, then one utterance a line.
 * @throws {ContentError} where an utterance stands before any label.
 */
export function readExamples(root: string): Example[] {
  return ['knowledge/questions', 'dialogs/examples'].flatMap((folder) =>
    list(join(root, folder)).flatMap((pass) =>
      list(join(root, folder, pass)).flatMap((name) => readFile(join(root, folder, pass, name), pass)),
    ),
  );
}

function readFile(file: string, pass: string): Example[] {
  const locale = /\.(sv|en)\.txt$/.exec(file)?.[1] as Locale | undefined;
  if (!locale) throw fault(file, 1, 'the name has no language', 'Name it like retention.sv.txt');
  const examples: Example[] = [];
  let label: string | undefined;
  for (const [index, raw] of readFileSync(file, 'utf8').split('\n').entries()) {
    const text = raw.trim();
    const heading = /^\[([a-z_]+(?:-\d+)?)\]$/.exec(text);
    if (heading) label = heading[1];
    else if (text && label) examples.push({ text, label, locale, pass, file, line: index + 1 });
    else if (text)
      throw fault(
        file,
        index + 1,
        'an example stands before any label',
        'Put a line such as [retention-2] above it',
      );
  }
  return examples;
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

function fault(file: string, line: number, message: string, advice: string): ContentError {
  return new ContentError([{ file, line, message, advice }]);
}
