import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '../text/words.ts';
import { readYaml } from './content-file.ts';
import {
  type Brand,
  brandsSchema,
  type Decisions,
  decisionsSchema,
  type Intent,
  intentsSchema,
  type Requests,
  type RequestType,
  repliesSchema,
  requestsSchema,
  type Words,
  wordsSchema,
} from './dialogs-schema.ts';
import {
  type Advisory,
  advisoriesSchema,
  type Notice,
  noticeSchema,
  readingAidSchema,
  type Section,
  sectionSchema,
  topicsSchema,
} from './knowledge-schema.ts';
import { readThesaurus, type Thesaurus } from './thesaurus.ts';

/** A passage of the notice with its place in it. */
export interface Passage {
  id: string;
  section: string;
  /** Verbatim Markdown of the notice. */
  text: string;
  opens: readonly string[];
  /** The passages that say the same. */
  sameAs: readonly string[];
  /** The passage that is quoted where this one is meant: itself, or the one that says the same. */
  quotedAs: string;
  /** The short question that names the passage in a choice. */
  topic: Record<Locale, string>;
  /** An unofficial English rendering, never part of the quote. */
  readingAid: string;
}

/** Everything of knowledge/ and dialogs/ except the example utterances, which only training needs. */
export interface Content {
  notice: Notice;
  sections: readonly Section[];
  passages: ReadonlyMap<string, Passage>;
  /** The passages that have a topic: all of them, which the content lint checks. */
  topicIds: readonly string[];
  advisories: readonly Advisory[];
  thesaurus: Thesaurus;
  intents: ReadonlyMap<string, Intent>;
  slots: Requests['slots'];
  requests: ReadonlyMap<string, RequestType>;
  brands: readonly Brand[];
  decisions: Decisions;
  words: Record<Locale, Words>;
  /** Every sentence for people, of the conversation and of the pages, by its id. */
  replies: Record<Locale, Readonly<Record<string, string>>>;
}

/**
 * Reads knowledge/ and dialogs/ below `root`.
 * @throws {ContentError} with file, line and advice where a file does not have its shape.
 */
export function readContent(root: string): Content {
  const knowledge = join(root, 'knowledge');
  const dialogs = join(root, 'dialogs');
  const sections = readdirSync(join(knowledge, 'sections'))
    .sort()
    .map((file) => readYaml(join(knowledge, 'sections', file), sectionSchema));
  const topics = readYaml(join(knowledge, 'topics.yaml'), topicsSchema);
  const aids = readYaml(join(knowledge, 'reading-aid.en.yaml'), readingAidSchema);
  const requests = readYaml(join(dialogs, 'requests.yaml'), requestsSchema);
  const stated = sections.flatMap((section) => section.passages);
  const doubles = (id: string) =>
    stated.flatMap((other) => {
      if (other.id === id) return other.same_as ? [other.same_as] : [];
      return other.same_as === id ? [other.id] : [];
    });
  const passages = sections.flatMap((section) =>
    section.passages.map(
      (passage): Passage => ({
        id: passage.id,
        section: section.id,
        text: passage.text,
        opens: passage.opens,
        sameAs: doubles(passage.id),
        quotedAs: passage.same_as ?? passage.id,
        readingAid: aids[passage.id] ?? '',
        topic: topics[passage.id] ?? { sv: section.title, en: section.title },
      }),
    ),
  );
  return deepFreeze({
    notice: readYaml(join(knowledge, 'notice.yaml'), noticeSchema),
    sections,
    passages: byId(passages),
    topicIds: Object.keys(topics),
    advisories: readYaml(join(knowledge, 'advisories.yaml'), advisoriesSchema),
    thesaurus: readThesaurus(join(knowledge, 'thesaurus.txt')),
    intents: byId(readYaml(join(dialogs, 'intents.yaml'), intentsSchema)),
    slots: requests.slots,
    requests: byId(requests.types),
    decisions: readYaml(join(dialogs, 'decisions.yaml'), decisionsSchema),
    brands: readYaml(join(dialogs, 'brands.yaml'), brandsSchema),
    words: {
      sv: readYaml(join(dialogs, 'words.sv.yaml'), wordsSchema),
      en: readYaml(join(dialogs, 'words.en.yaml'), wordsSchema),
    },
    replies: { sv: textsIn(dialogs, 'sv'), en: textsIn(dialogs, 'en') },
  });
}

// What is said in a conversation and what stands on the pages; an id is in one of the two files.
function textsIn(dialogs: string, locale: Locale): Record<string, string> {
  return {
    ...readYaml(join(dialogs, `replies.${locale}.yaml`), repliesSchema),
    ...readYaml(join(dialogs, `pages.${locale}.yaml`), repliesSchema),
    ...readYaml(join(dialogs, `desk.${locale}.yaml`), repliesSchema),
    ...readYaml(join(dialogs, `mail.${locale}.yaml`), repliesSchema),
    ...readYaml(join(dialogs, `form.${locale}.yaml`), repliesSchema),
  };
}

function byId<T extends { id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function deepFreeze<T>(value: T): T {
  if (value instanceof Map) for (const item of value.values()) deepFreeze(item);
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) deepFreeze(item);
  return Object.freeze(value);
}
