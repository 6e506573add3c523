import type { Content } from '../content/content.ts';
import { passageHash } from '../content/passage-hash.ts';
import { plainQuote } from './answer.ts';
import type { Reply } from './reply.ts';
import { say } from './scene.ts';
import type { Quoted, State } from './state.ts';

/** As many of the last answers are looked after. */
const KEPT = 12;

/** What was answered before reads otherwise in the notice that is in force now: the new words, or that there are none. */
export function changedSince({ quoted, notice }: State, content: Content): Reply[] {
  if (quoted.length === 0 || notice === content.notice.id) return [];
  const changed = quoted.filter(({ passage, hash }) => passageHash(passage, content) !== hash);
  if (changed.length === 0) return [];
  const known = changed.filter(({ passage }) => content.passages.has(passage));
  return [
    say('notice.changed_since'),
    ...known.map(({ passage }) => plainQuote(passage, content)),
    ...(known.length < changed.length ? [say('notice.gone_since')] : []),
  ];
}

/** The answers to look after once these have been given too, as they read now. */
export function quotedNow(before: readonly Quoted[], replies: readonly Reply[], content: Content): Quoted[] {
  const answered = replies.flatMap((reply) => (reply.is === 'quote' && reply.answers ? [reply.passage] : []));
  const passages = [...new Set([...before.map(({ passage }) => passage), ...answered])].slice(-KEPT);
  return passages.flatMap((passage) => {
    const known = before.find((each) => each.passage === passage);
    const hash = answered.includes(passage) || !known ? passageHash(passage, content) : known.hash;
    return hash ? [{ passage, hash }] : [];
  });
}
