import type { Content } from '../content/content.ts';
import { type Piece, pieces, wordsOf } from '../text/pieces.ts';
import { fold, normalise } from '../text/words.ts';
import { readBrand } from './read-brand.ts';
import { codeOf } from './read-country.ts';
import { type ListName, wordList } from './word-lists.ts';

/** More words than this are no name; a text without capitals is trusted with fewer. */
const LONGEST = 5;
const LONGEST_LOOSE = 3;

/** A run of pieces that may be a name: from its first to behind its last. */
export interface Run {
  from: number;
  to: number;
}

/** A text as names are looked for in it. */
export interface NameText {
  row: readonly Piece[];
  words: readonly string[];
  /** Written in capitals alone, so that capitals tell nothing. */
  shouts: boolean;
  content: Content;
  list: (name: ListName) => readonly string[];
}

export function nameText(text: string, content: Content): NameText {
  const row = pieces(text);
  return {
    row,
    words: wordsOf(row),
    shouts: !/\p{Ll}{2}/u.test(text.replace(/\S+@\S+/g, '')) && /\p{Lu}.*\s.*\p{Lu}/su.test(text),
    content,
    list: (name) => wordList(content, name).phrases,
  };
}

/** The capitalised name that begins at a piece: words, initials, and particles between them. */
export function capitalRun(text: NameText, from: number): Run | null {
  let to = from;
  for (let at = from; at < text.row.length && at - from < LONGEST + 2; at += 1) {
    if (isCapital(text, at) && (!isStop(text, at) || isInitial(text, at, to > from))) to = at + 1;
    else if (!(to > from && isParticle(text, at))) break;
  }
  const isWord = text.row.slice(from, to).some((piece) => /\p{L}{2}/u.test(piece.text));
  return isWord && to - from <= LONGEST + 2 ? { from, to } : null;
}

/** The name that begins at a piece in whatever case, up to a word that is none of a name. */
export function looseRun(text: NameText, from: number): Run | null {
  if (isCapital(text, from) && !text.shouts) return capitalRun(text, from);
  let to = from;
  let count = 0;
  for (let at = from; at < text.row.length && count < LONGEST_LOOSE; at += 1) {
    if (to > from && isParticle(text, at)) continue;
    const isOdd = to > from && isOrdinary(text, at);
    if (text.row[at]?.kind !== 'word' || isStop(text, at) || isOdd) break;
    to = at + 1;
    count += 1;
  }
  const isWord = text.row.slice(from, to).some((piece) => /\p{L}{2}/u.test(piece.text));
  return isWord ? { from, to } : null;
}

/** The name that ends before a piece; the words before it that are none of it are left out. */
export function runBefore(text: NameText, to: number, isLoose: boolean): Run | null {
  for (let from = Math.max(0, to - LONGEST); from < to; from += 1) {
    if (!isLoose && !isCapital(text, from)) continue;
    if (isStop(text, from) && !/\.$/.test(text.row[from]?.text ?? '')) continue;
    // "Kontakta Zlatko": the capital of a first word is the sentence's, where the word is an ordinary one.
    if (isOrdinary(text, from) && (isLoose || from < to - 2)) continue;
    const run = isLoose ? looseRun(text, from) : capitalRun(text, from);
    if (run?.to === to) return run;
  }
  return null;
}

/** Whether a run can be trusted to be a name although little around it says so. */
export function isLikely(text: NameText, { from, to }: Run): boolean {
  const isLoose = !isCapital(text, from) || text.shouts;
  if (isLoose) return !range(from, to).some((at) => isOrdinary(text, at));
  // "Senior Project Manager" and "Viktigt" begin and end with ordinary words; "Kim Olsen" only begins with one.
  return !isOrdinary(text, from) || !isOrdinary(text, to - 1);
}

/** The run as it is written, unless it names a brand, a country, or something else that is no name. */
export function nameOf(text: NameText, run: Run | null): string | undefined {
  if (!run) return undefined;
  const name = text.row
    .slice(run.from, run.to)
    .map((piece) => piece.text)
    .join(' ');
  const isTaken =
    readBrand(name, text.content) !== undefined ||
    codeOf(normalise(name), text.content) !== undefined ||
    range(run.from, run.to).some(
      (at) =>
        isStop(text, at) && !isInitial(text, at, at > run.from) && !(at > run.from && isParticle(text, at)),
    );
  return isTaken ? undefined : name;
}

/** Behind the marks and small words that may stand between a cue and its name: "förresten", ":", "dr.". */
export function skipFillers(text: NameText, from: number): number {
  const fillers = new Set([...text.list('name_filler'), ...text.list('name_title')]);
  let at = from;
  while (at < from + 4) {
    const word = text.words[at] ?? '';
    const isPoint = word === '.' && text.list('name_title').includes(text.words[at - 1] ?? '');
    if (!isPoint && !/^[,:"(–-]$/.test(word) && !fillers.has(word)) break;
    at += 1;
  }
  return at;
}

/** Whether nothing of the same breath stands before a piece, or behind it: a mark, a line's end, or nothing. */
export function isEdge(text: NameText, at: number): boolean {
  const piece = text.row[at];
  return piece === undefined || piece.kind === 'mark' || piece.kind === 'contact';
}

export function isCapital(text: NameText, at: number): boolean {
  const piece = text.row[at];
  return piece?.kind === 'word' && /^\p{Lu}/u.test(piece.text);
}

/** An ordinary word is one the thesaurus knows and no name is spelt like, or one with an ending no name has. */
export function isOrdinary(text: NameText, at: number): boolean {
  const whole = fold(text.words[at] ?? '');
  // "HR-chef" is as ordinary as its last part; the parts of "Klaus-Dieter" are both a name's.
  const isJoined = /-\p{Ll}/u.test(text.row[at]?.text ?? '');
  const word = isJoined ? (whole.split('-').at(-1) ?? whole) : whole;
  if (wordList(text.content, 'also_a_name').folded.has(word)) return false;
  const endings = wordList(text.content, 'ordinary_endings').folded;
  return text.content.thesaurus.has(word) || [...endings].some((end) => word.endsWith(end));
}

function isStop(text: NameText, at: number): boolean {
  return text.list('not_a_name').includes(text.words[at] ?? '');
}

function isParticle(text: NameText, at: number): boolean {
  const inside = text.row[at]?.kind === 'word' && at + 1 < text.row.length;
  return inside && text.list('name_particle').includes(text.words[at] ?? '');
}

// "Petra W" and "J. Öhman"; a bare I is the English word.
function isInitial(text: NameText, at: number, isInside: boolean): boolean {
  const word = text.row[at]?.text ?? '';
  return /^\p{Lu}\.$/u.test(word) || (isInside && /^[^I]$/u.test(word));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
