import { beginsWithPhrase, findSpans } from '../text/phrases.ts';
import { fold } from '../text/words.ts';
import { isOfAnother } from './another-person.ts';
import {
  capitalRun,
  isCapital,
  isEdge,
  isLikely,
  looseRun,
  type NameText,
  nameOf,
  type Run,
  runBefore,
} from './name-shape.ts';

/** A part of an address this short is in many addresses. */
const PART = 3;

/**
 * A name directly beside an address or a number: whole and capitalised, or in any case if the address holds it. A single
 * capitalised word counts where `isShort` says so: in "Fiona Baird, Aberdeen, fiona@…" it is a town.
 */
export function besideContact(text: NameText, isShort: boolean): string | undefined {
  const links = text.list('contact_word');
  for (const [at, piece] of text.row.entries()) {
    if (piece.kind !== 'contact') continue;
    let [end, isMarked] = [at, true];
    while (end > 0 && at - end < 5) {
      const word = text.words[end - 1] ?? '';
      if (links.includes(word)) isMarked = false;
      else if (!/^[,(:<|/\n–-]$/.test(word)) break;
      end -= 1;
    }
    const name = before(text, end, isMarked, piece.text) ?? behind(text, at, piece.text);
    if (name && (isShort || /\s/.test(name) || isHeld(name, piece.text))) return name;
  }
  return undefined;
}

function before(text: NameText, end: number, isMarked: boolean, contact: string): string | undefined {
  const capital = runBefore(text, end, false);
  const greetings = text.list('greeting');
  const run = capital ?? holding(runBefore(text, end, true), text, contact);
  if (!run || !isLikely(text, run)) return undefined;
  // "Hej Eva, ring 070": who is greeted is not who writes.
  if (run === capital && greetings.includes(text.words[run.from - 1] ?? '')) return undefined;
  if (run === capital && run.to - run.from === 1 && (!isMarked || !isEdge(text, run.from - 1)))
    return undefined;
  return isOfAnother(text.words.slice(Math.max(0, run.from - 4), run.from), text.content)
    ? undefined
    : nameOf(text, run);
}

function behind(text: NameText, at: number, contact: string): string | undefined {
  const mark = text.words[at + 1] ?? '';
  const from = /^[,(/|\n]$/.test(mark) ? at + 2 : at + 1;
  const run = looseRun(text, from);
  if (!run || !isEdge(text, run.to) || !isLikely(text, run)) return undefined;
  const isNamed = (isCapital(text, from) && from > at + 1) || holding(run, text, contact);
  return isNamed ? nameOf(text, run) : undefined;
}

function holding(run: Run | null, text: NameText, contact: string): Run | null {
  if (!run || !isHeld(text.words.slice(run.from, run.to).join(' '), contact)) return null;
  const local = localOf(contact);
  // "stryk malin dotevall, malin.d@": a third word that the address knows nothing of is the sentence's.
  const first = fold(text.words[run.from] ?? '');
  const isForeign = run.to - run.from > 2 && !local.includes(first) && local[0] !== first[0];
  return isForeign ? { from: run.from + 1, to: run.to } : run;
}

// Whether an address holds a part of a name: "anna berg, anna@…".
function isHeld(name: string, contact: string): boolean {
  const parts = name.split(' ').filter((word) => word.length >= PART);
  return contact.includes('@') && parts.some((word) => localOf(contact).includes(fold(word.toLowerCase())));
}

function localOf(contact: string): string {
  return fold(contact.split('@')[0]?.toLowerCase() ?? '');
}

/** A name of two words or more that an address in the text is made of, wherever it stands: "… Eva Dahl … eva.dahl@…". */
export function nameInAddress(text: NameText): string | undefined {
  const locals = text.row.filter(({ kind }) => kind === 'contact').map((piece) => localOf(piece.text));
  if (locals.length === 0) return undefined;
  for (const at of text.row.keys()) {
    const run = isCapital(text, at) ? capitalRun(text, at) : null;
    if (!run || run.to - run.from < 2) continue;
    const parts = text.words.slice(run.from, run.to).map((word) => fold(word.toLowerCase()));
    if (locals.some((local) => parts.every((part) => local.includes(part)))) return nameOf(text, run);
  }
  return undefined;
}

/** A name that is all there is between two marks, of two words or more. */
export function aloneName(text: NameText): string | undefined {
  const clauses = clausesOf(text);
  for (const [index, clause] of clauses.entries()) {
    const run = capitalRun(text, clause.from);
    if (!run || run.to !== clause.to || run.to - run.from < 2 || !isLikely(text, run)) continue;
    // "min chef, Per Strand, får inte veta" and "Per Strand, min chef, …".
    const [last, next] = [clauses[index - 1], clauses[index + 1]];
    const isOther =
      (last !== undefined && endsWithOther(text, last)) || (next !== undefined && opensWithOther(text, next));
    const name = isOther ? undefined : nameOf(text, run);
    if (name) return name;
  }
  return undefined;
}

/** A single name on the last line, or behind a small word: "Bara Bosse." A last word alone, "Ändra.", is no name. */
export function lastName(text: NameText): string | undefined {
  const clauses = clausesOf(text);
  const last = clauses.at(-1);
  if (!last || clauses.length < 2 || text.words[last.to] === '!' || text.words[last.to] === '?')
    return undefined;
  const opens = text.words[last.from - 1] ?? '';
  const fillers = text.list('name_filler');
  const from = fillers.includes(text.words[last.from] ?? '') ? last.from + 1 : last.from;
  const run = capitalRun(text, from);
  const isLine = opens === '\n' || from > last.from;
  const isAlone =
    run?.to === last.to && isLine && /^[.!?\n]$/.test(opens) && (text.row[from]?.text.length ?? 0) >= PART;
  return run && isAlone && isLikely(text, run) ? nameOf(text, run) : undefined;
}

function endsWithOther(text: NameText, clause: Run): boolean {
  const tail = text.words.slice(clause.from, clause.to);
  return findSpans(tail, text.list('other_person')).some(({ to }) => to === tail.length);
}

function opensWithOther(text: NameText, clause: Run): boolean {
  const head = text.words.slice(clause.from, clause.from + 2);
  return beginsWithPhrase(head, text.list('other_person'));
}

/** What answers the question for the name by itself, in any case. */
export function bareName(text: NameText): string | undefined {
  const [first] = clausesOf(text);
  if (!first) return undefined;
  const row = text.row.slice(first.from, first.to);
  const isName = row.length <= 4 && row.every((piece) => piece.kind === 'word');
  return isName ? nameOf(text, first) : undefined;
}

// What lies between marks, addresses and numbers. "Anna Berg och anna@…" parts at the joining word too.
function clausesOf(text: NameText): Run[] {
  const joiners = text.list('joiner');
  const clauses: Run[] = [];
  let from = 0;
  for (let at = 0; at <= text.row.length; at += 1) {
    const piece = text.row[at];
    if (piece && !isEdge(text, at) && !joiners.includes(text.words[at] ?? '')) continue;
    if (at > from) clauses.push({ from, to: at });
    from = at + 1;
  }
  return clauses;
}
