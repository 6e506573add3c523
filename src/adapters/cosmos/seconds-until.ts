/** The life of an item in whole seconds, one at least; the database counts it from the write. */
export function secondsUntil(expires: Date, now: Date): number {
  return Math.max(1, Math.ceil((expires.getTime() - now.getTime()) / 1000));
}
