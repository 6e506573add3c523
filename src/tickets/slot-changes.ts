/** What becomes of slots: a value that is put in, or null for one that is taken out. What is not named stays. */
export type SlotChanges = Readonly<Record<string, string | null>>;

type Slots = Readonly<Record<string, string>>;

/** What has been changed from one state of the slots to another. */
export function changesBetween(before: Slots, after: Slots): SlotChanges {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].filter((slot) => before[slot] !== after[slot]);
  return Object.fromEntries(changed.map((slot) => [slot, after[slot] ?? null]));
}

/** Slots with changes made. */
export function withChanges(slots: Slots, changes: SlotChanges): Record<string, string> {
  const all = Object.entries({ ...slots, ...changes });
  return Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== null));
}
