import { dropSession } from './session.ts';

let leaving = false;

/** Begins a new conversation in a page that remembers nothing but why: the id of a text, or nothing. */
export function startAfresh(note: string): void {
  leaving = true;
  dropSession();
  // The one place that outlives a reload where storage is barred.
  history.replaceState({ note }, '');
  location.reload();
}

/** Whether the page is on its way to a new conversation; nothing of the old one may be kept any more. */
export function isLeaving(): boolean {
  return leaving;
}

/** Why the conversation begins anew, told once; null where it simply begins. */
export function noteFromBefore(): string | null {
  const { note } = (history.state ?? {}) as { note?: unknown };
  history.replaceState(null, '');
  return typeof note === 'string' && note !== '' ? note : null;
}
