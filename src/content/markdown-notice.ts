import { fold, sentences, words } from '../text/words.ts';
import type { Content, Passage } from './content.ts';
import type { Section } from './knowledge-schema.ts';

const LONGEST = 900;
const TOPIC_WORDS = 9;

/**
 * The content for a notice that nobody prepared: sections by its headings, passages by its paragraphs and lists, word
 * for word. What `base` says of its own notice (advisories, places of quotes, promises) is left out; what it says of
 * talking and of requests stays.
 * @throws {RangeError} where the Markdown holds no text to quote.
 */
export function contentOfMarkdown(markdown: string, base: Content): Content {
  const body = markdown.replace(/^\uFEFF?---\n[\s\S]*?\n---\n/, '').replace(/\r\n?/g, '\n');
  const sections: Section[] = [];
  const passages: Passage[] = [];
  let title = '';
  let blocks: string[] = [];
  const close = () => {
    const texts = blocks.flatMap(splitLong).filter((text) => words(text).length >= 3);
    blocks = [];
    if (texts.length === 0) return;
    const id = idFor(title, sections);
    const own = texts.map((text, index) => passageOf(`${id}-${index + 1}`, id, title, text));
    passages.push(...own);
    sections.push({
      id,
      title: title || 'Notice',
      aliases: [],
      passages: own.map(({ id, text }) => stated(id, text)),
    });
  };
  for (const block of blocksOf(body)) {
    const heading = /^#{1,6}\s+(.+?)\s*#*$/.exec(block)?.[1];
    if (heading === undefined) blocks.push(block);
    else {
      close();
      title = heading.replace(/[*_`]/g, '');
    }
  }
  close();
  if (passages.length === 0) throw new RangeError('the notice holds no text to quote');
  const name = /^#\s+(.+?)\s*#*$/m.exec(body)?.[1]?.replace(/[*_`]/g, '') ?? sections[0]?.title ?? '';
  return {
    ...base,
    notice: { ...base.notice, id: 'unprepared', name: { sv: `”${name}”`, en: `“${name}”` }, inForce: null },
    sections,
    passages: new Map(passages.map((passage) => [passage.id, passage])),
    topicIds: passages.map((passage) => passage.id),
    advisories: [],
    intents: new Map(
      [...base.intents].flatMap(([id, intent]) =>
        intent.kind === 'guidance' ? [] : [[id, { ...intent, passages: [] }] as const],
      ),
    ),
    requests: new Map(
      [...base.requests].map(([id, { promise: _, ...type }]) => [id, { ...type, passages: [] }]),
    ),
  };
}

function stated(id: string, text: string): Section['passages'][number] {
  return { id, text, opens: [] };
}

function passageOf(id: string, section: string, title: string, text: string): Passage {
  const first =
    words(text).length > TOPIC_WORDS ? `${text.split(/\s+/).slice(0, TOPIC_WORDS).join(' ')} …` : text;
  const topic = `${title ? `${title}: ` : ''}${first.replace(/[*_`#[\]]/g, '')}`;
  return {
    id,
    section,
    text,
    opens: [],
    sameAs: [],
    quotedAs: id,
    topic: { sv: topic, en: topic },
    readingAid: '',
  };
}

// Headings by themselves, paragraphs whole, a list with the line that leads into it.
function blocksOf(body: string): string[] {
  const blocks: string[] = [];
  for (const part of body.split(/\n\s*\n/)) {
    const lines = part
      .split('\n')
      .filter((line) => !/^\s*(?:!\[.*\]\(.*\)|<[^>]*>|[-*_]{3,}|\|?[-:| ]{5,})\s*$/.test(line));
    let open: string[] = [];
    for (const line of lines) {
      if (/^#{1,6}\s/.test(line)) {
        if (open.length > 0) blocks.push(open.join('\n'));
        blocks.push(line.trim());
        open = [];
      } else open.push(line.replace(/\s+$/, ''));
    }
    const text = open.join('\n').trim();
    if (!text) continue;
    const before = blocks.at(-1);
    const continues =
      /^\s*(?:[-*+]|\d+[.)])\s/.test(text) && before?.endsWith(':') && !before.startsWith('#');
    if (continues) blocks[blocks.length - 1] = `${before}\n${text}`;
    else blocks.push(text);
  }
  return blocks;
}

// A list that is too long goes item by item, a paragraph by sentences.
function splitLong(block: string): string[] {
  if (block.length <= LONGEST) return [block];
  const isList = /\n\s*(?:[-*+]|\d+[.)])\s/.test(block);
  const parts = isList ? block.split(/\n(?=\s*(?:[-*+]|\d+[.)])\s)/) : sentences(block);
  const joined: string[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    if (before !== undefined && before.length + part.length < LONGEST / 2)
      joined[joined.length - 1] = `${before}${isList ? '\n' : ' '}${part}`;
    else joined.push(part);
  }
  return joined;
}

function idFor(title: string, sections: readonly Section[]): string {
  const slug =
    words(fold(title))
      .join('_')
      .replace(/[^a-z0-9_]/g, '')
      .slice(0, 40) || 'section';
  const taken = sections.filter((section) => section.id === slug || section.id.startsWith(`${slug}_`)).length;
  return taken > 0 ? `${slug}_${taken + 1}` : slug;
}
