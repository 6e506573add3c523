import type { Content } from '../content/content.ts';
import { findSpans, type Span } from '../text/phrases.ts';
import { words } from '../text/words.ts';
import { isOfAnother } from './another-person.ts';
import { aloneName, bareName, besideContact, lastName, nameInAddress } from './name-places.ts';
import {
  capitalRun,
  isCapital,
  isEdge,
  isLikely,
  looseRun,
  type NameText,
  nameOf,
  nameText,
  type Run,
  runBefore,
  skipFillers,
} from './name-shape.ts';
import type { ListName } from './word-lists.ts';

/**
 * The name of the person who writes. What says so plainest is looked for first: "jag heter", then a name with its cue
 * behind it, a signature, a cue that may as well introduce something else, and last a name that stands by itself.
 */
export function readName(text: string, content: Content, isBareAnswer: boolean): string | undefined {
  const row = nameText(text, content);
  return (
    introduced(row, 'name_is', 'any') ??
    namedBehind(row) ??
    apposed(row) ??
    signed(row) ??
    introduced(row, 'name_after', isBareAnswer ? 'any' : 'capital') ??
    introduced(row, 'this_is', 'likely') ??
    besideContact(row, false) ??
    introduced(row, 'known_as', 'capital') ??
    aloneName(row) ??
    besideContact(row, true) ??
    lastName(row) ??
    nameInAddress(row) ??
    (isBareAnswer ? bareName(row) : undefined)
  );
}

type Trust = 'any' | 'capital' | 'likely';

/** A name behind a cue. How much like a name it must look depends on how surely the cue announces one. */
function introduced(text: NameText, cues: ListName, trust: Trust): string | undefined {
  for (const { from, to } of places(text, cues)) {
    if (isOfAnother(clauseBefore(text, from), text.content)) continue;
    const at = skipFillers(text, to);
    const isForm = text.words[to] === ':';
    const isLoose = trust === 'any' || isForm || isSaidAgain(text, at);
    const run = isLoose ? looseRun(text, at) : isCapital(text, at) ? capitalRun(text, at) : null;
    if (!run || ((trust !== 'any' || !isCapital(text, at)) && !isLikely(text, run))) continue;
    if (trust === 'likely' && !isSaidOfSelf(text, from, run)) continue;
    const name = nameOf(text, fullRun(text, run));
    if (name) return name;
  }
  return undefined;
}

/** A name with its cue behind it: "Erik Lund heter jag", "sofia här". */
function namedBehind(text: NameText): string | undefined {
  const again = text.list('again');
  for (const { from, to } of places(text, 'name_before')) {
    let end = from;
    while (end > 0 && /^[,(–-]$/.test(text.words[end - 1] ?? '')) end -= 1;
    const isCut = end < from;
    const capital = runBefore(text, end, false);
    // "här" and "skriver" stand behind anything: "sofia här" is said by itself, "anneli heter jag" as one likes.
    const isVague = again.includes(text.words[from] ?? '');
    const isSaid = !isVague || isEdge(text, to) || again.includes(text.words[to] ?? '');
    const loose = isCut || !isSaid ? null : runBefore(text, end, true);
    const run = capital ?? loose;
    if (!run || !isLikely(text, run)) continue;
    const isShort = run.to - run.from === 1 || run === loose;
    if ((isShort && !isOpening(text, run.from)) || isOfAnother(clauseBefore(text, run.from), text.content))
      continue;
    const name = nameOf(text, run);
    if (name) return name;
  }
  return undefined;
}

/** A name between commas behind the word for oneself: "jag, Wei Zhang, återtar". */
function apposed(text: NameText): string | undefined {
  for (const { to } of places(text, 'apposed')) {
    if (!/^[,:]$/.test(text.words[to] ?? '')) continue;
    const at = skipFillers(text, to + 1);
    const run = looseRun(text, at);
    // "om mig, visa": a word in small letters is no name for standing between commas.
    const isName = run && (isCapital(text, at) || run.to - run.from > 1);
    const name = isName && isEdge(text, run.to) && isLikely(text, run) ? nameOf(text, run) : undefined;
    if (name) return name;
  }
  return undefined;
}

/** The name under a message: behind "mvh", or behind a stroke or a dash, up to the end of its line. */
function signed(text: NameText): string | undefined {
  const starts = [
    ...places(text, 'sign_off').map(({ to }) => ({ to, marks: 0 })),
    // "tack" and "vänligen" begin sentences too; with a mark behind them they close one.
    ...places(text, 'sign_off_apart').map(({ to }) => ({ to, marks: 1 })),
    ...text.row.flatMap((_, at) => (isStroke(text, at) ? [{ to: at + 1, marks: 0 }] : [])),
  ].sort((one, other) => other.to - one.to);
  for (const { to, marks } of starts) {
    let at = to;
    while (text.row[at]?.kind === 'mark' && at < to + 5) at += 1;
    const run = at - to >= marks ? looseRun(text, skipFillers(text, at)) : null;
    if (!run || !isEdge(text, run.to) || !isLikely(text, run)) continue;
    const name = nameOf(text, run);
    if (name) return name;
  }
  return undefined;
}

function isStroke(text: NameText, at: number): boolean {
  const piece = text.row[at];
  if (piece?.kind !== 'mark' || !isEdge(text, at - 1)) {
    // " /Karin" may follow a word; "och/eller" and "070/12" are no signatures.
    return piece?.text === '/' && piece.apart && text.row[at - 1]?.kind === 'word';
  }
  if (text.words[at - 1] === '<') return false;
  return piece.text === '/' || (/^[–—-]$/.test(piece.text) && piece.apart && isCapital(text, at + 1));
}

function places(text: NameText, name: ListName): Span[] {
  return findSpans(text.words, text.list(name));
}

function clauseBefore(text: NameText, at: number): readonly string[] {
  let from = at;
  while (from > 0 && text.row[from - 1]?.kind !== 'mark') from -= 1;
  return text.words.slice(from, at);
}

// At the beginning of what is said, but for a greeting: "hej det är", "ja sofia här".
function isOpening(text: NameText, at: number): boolean {
  let from = at;
  const openers = [...text.list('greeting'), ...text.list('yes'), ...text.list('this_is')];
  while (!isEdge(text, from - 1)) {
    const start = [3, 2, 1]
      .map((size) => from - size)
      .find((each) => each >= 0 && openers.includes(text.words.slice(each, from).join(' ')));
    if (start === undefined) return false;
    from = start;
  }
  return true;
}

// "this is Unacceptable" in the middle of a sentence introduces nobody, nor does "Farsan heter Göte Mård"; and "I'm Chief
// Technology Officer" goes on where a name would end.
function isSaidOfSelf(text: NameText, cue: number, run: Run): boolean {
  if (isOpening(text, cue)) return !isCapital(text, run.to) || text.shouts;
  const turns = [...text.list('turn'), ...text.list('joiner')];
  return run.to - run.from > 1 && turns.includes(text.words[cue - 1] ?? '');
}

// "it's ahmed again", "det är lisa här": what stands behind tells that it is a person.
function isSaidAgain(text: NameText, at: number): boolean {
  const again = text.list('again');
  return [1, 2].some((count) => again.includes(text.words[at + count] ?? ''));
}

// "Lundgren, Kjell Lundgren": the whole name follows its last word.
function fullRun(text: NameText, run: Run): Run {
  if (run.to - run.from > 1 || text.words[run.to] !== ',') return run;
  const full = capitalRun(text, run.to + 1);
  return full && full.to - full.from > 1 && words(text.words[full.to - 1] ?? '')[0] === text.words[run.from]
    ? full
    : run;
}
