/** The kinds of things a text may mean. */
export const meaningKinds = [
  'question',
  'request',
  'guidance',
  'meta',
  'unanswerable',
  'out_of_scope',
] as const;

export type MeaningKind = (typeof meaningKinds)[number];
