import type { Say } from '../../pages/site-page.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { toldNow } from './told-line.ts';

/** What can have been done with a ticket, as it is left for its page to tell. */
export type Done = 'move' | 'join' | 'assign' | 'note' | 'identify' | 'correct' | 'file' | 'joined';

/** As `Done`, where a personal identity number has been taken out of what was written. */
export function doneWith(done: Done, isMasked: boolean): string {
  return isMasked ? `${done}.masked` : done;
}

/** What is told of what has been done, and whether the person hears of it; nothing for what is not known. */
export function doneTexts(done: string, ticket: Ticket, say: Say): readonly string[] {
  const [what = '', masked] = done.split('.');
  const text = texts.find(([name]) => name === what)?.[1];
  if (!text) return [];
  return [
    say(text),
    ...(what === 'move' || what === 'join' || what === 'file' ? [toldNow(ticket, say)] : []),
    ...(masked ? [say('desk.masked')] : []),
  ];
}

const texts: readonly (readonly [Done, string])[] = [
  ['move', 'desk.done.move'],
  ['join', 'desk.done.join'],
  ['assign', 'desk.done.assign'],
  ['note', 'desk.done.note'],
  ['identify', 'desk.done.identify'],
  ['correct', 'desk.done.correct'],
  ['file', 'desk.done.file'],
  ['joined', 'desk.done.joined'],
];
