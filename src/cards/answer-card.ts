import { quotedWords, readingAidOf } from '../content/quote.ts';
import { choiceLabel, choiceValue } from '../conversation/choose.ts';
import { onwardOf } from '../conversation/render.ts';
import type { Choice, Reply } from '../conversation/reply.ts';
import { actionSet, type Card, card, container, type Element, press, textBlock } from './card.ts';
import { type CardScene, choiceButton, words } from './card-scene.ts';

/** An answer: the quote set apart, its place and date, help and advisories beside it, ways on, and thumbs. */
export function answerCard(reply: Extract<Reply, { is: 'quote' }>, spoken: string, scene: CardScene): Card {
  const { content, state } = scene;
  const body: Element[] = [
    container('emphasis', quoteBlocks(quotedWords(reply.passage, content))),
    textBlock(source(reply.passage, scene), { size: 'Small', spacing: 'Small' }),
  ];
  const aid = readingAidOf(reply.passage, content);
  if (state.locale === 'en' && aid)
    body.push(textBlock(words('answer.reading_aid', scene, { aid }), { separator: true }));
  for (const id of reply.advisories) {
    const advisory = content.advisories.find((found) => found.id === id);
    if (!advisory) continue;
    const text = words('answer.advisory', scene, {
      advisory: advisory.text[state.locale],
      source: advisory.source.title,
      url: advisory.source.url,
      reviewed: { day: advisory.reviewed },
    });
    body.push(container('accent', [textBlock(text, { size: 'Small' })]));
  }
  if (reply.choices.length > 0)
    body.push(
      textBlock(words(onwardOf(reply.passage, content), scene), { separator: true, spacing: 'Medium' }),
      actionSet(reply.choices.map((choice) => choiceButton(choice, scene))),
    );
  if (reply.answers) body.push(thumbs(reply.passage, scene));
  return card(state.locale, spoken, body);
}

function source(passage: string, scene: CardScene): string {
  const { content, links, state } = scene;
  const section = content.passages.get(passage)?.section;
  const title = content.sections.find((found) => found.id === section)?.title ?? '';
  const place = { section: title, link: links.passage(passage, state.locale) };
  const { inForce } = content.notice;
  return inForce
    ? words('answer.source', scene, { ...place, inForce: { day: inForce } })
    : words('answer.source_undated', scene, place);
}

// A list stays together, every other line is a paragraph of its own. An address in angle brackets is shown as a link
// of the same words, because some clients take it for HTML.
function quoteBlocks(quote: string): Element[] {
  const blocks: string[] = [];
  for (const line of quote.replace(/<(https?:[^>\s]+)>/g, '[$1]($1)').split('\n')) {
    const isItem = /^\s*[-•]\s/.test(line);
    const before = blocks.at(-1);
    if (isItem && before !== undefined && /^\s*[-•]\s/.test(before))
      blocks[blocks.length - 1] = `${before}\n${line}`;
    else if (line.trim() !== '') blocks.push(line);
  }
  return blocks.map((text) => textBlock(text));
}

// Side by side and small: they are no way on.
function thumbs(passage: string, scene: CardScene): Element {
  const { content, state, surface } = scene;
  const columns = [true, false].map((good) => {
    const choice: Choice = { do: 'rate', passage, good };
    const label = choiceLabel(choice, content, state.locale);
    const button = press(`${good ? '👍' : '👎'} ${label}`, choiceValue(choice), surface, { tooltip: label });
    return { type: 'Column', width: 'stretch', items: [actionSet([button])] };
  });
  return { type: 'ColumnSet', columns };
}
