import { z } from 'zod';

const text = z.string().trim().min(1);
const day = z.iso.date();
export const passageId = z.string().regex(/^[a-z_]+-[1-9]\d*$/, 'an id looks like retention-2');
const sectionId = z.string().regex(/^[a-z_]+$/, 'an id is small letters and underscores');

/** What is true of the notice as a whole. */
export const noticeSchema = z.strictObject({
  id: z.string(),
  publisher: text,
  /** What it is called in a sentence. */
  name: z.strictObject({ sv: text, en: text }),
  /** Null where it is not known. */
  inForce: day.nullable(),
  /** Two texts of the notice that belong to no section: kept so that it can be rebuilt to the last word. */
  contents: z.strictObject({ after: sectionId, title: text, lead: text }),
  back: text,
  footer: text,
});

/** One section of the notice, its passages in the order of the notice. */
export const sectionSchema = z.strictObject({
  id: sectionId,
  title: text,
  /** Other names of the section: its title in the notice's own table of contents. */
  aliases: z.array(text).default([]),
  passages: z
    .array(
      z.strictObject({
        id: passageId,
        /** Verbatim Markdown of the notice, typing faults included. */
        text,
        /** The list items that this passage leads into; quoted together with it where they fit. */
        opens: z.array(passageId).default([]),
        /** The passage that says the same elsewhere in the notice and is quoted in this one's stead. */
        same_as: passageId.optional(),
      }),
    )
    .min(1),
});

/** What has happened to the law since the notice was written; shown beside a quote, never inside it. */
export const advisoriesSchema = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z-]+$/),
    sections: z.array(sectionId).default([]),
    passages: z.array(passageId).default([]),
    requests: z.array(z.string()).default([]),
    text: z.strictObject({ sv: text, en: text }),
    source: z.strictObject({ title: text, url: z.url() }),
    reviewed: day,
  }),
);

/** Short questions that name a passage in a choice or a follow-up. */
export const topicsSchema = z.record(passageId, z.strictObject({ sv: text, en: text }));

/** An unofficial English rendering of each passage, for those who do not read Swedish. */
export const readingAidSchema = z.record(passageId, text);

export type Notice = z.infer<typeof noticeSchema>;
export type Section = z.infer<typeof sectionSchema>;
export type Advisory = z.infer<typeof advisoriesSchema>[number];
