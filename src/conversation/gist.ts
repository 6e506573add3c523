import type { Content } from '../content/content.ts';
import type { Locale } from '../text/words.ts';
import { fillText } from './render.ts';
import type { Reply } from './reply.ts';
import type { Said } from './state.ts';

/** As many letters tell what it was about. */
const LONGEST = 120;

/** A reply in one line, for somebody who is to see how a conversation went: what was said, without whose it is. */
export function gist(reply: Reply, content: Content, locale: Locale): Said[] {
  const text = gistText(reply, content, locale);
  return text ? [{ by: 'assistant', text: text.slice(0, LONGEST) }] : [];
}

function gistText(reply: Reply, content: Content, locale: Locale): string | undefined {
  switch (reply.is) {
    case 'text':
      return fillText(reply.id, { find: '', ...reply.values }, content, locale);
    case 'quote':
      return `” ${content.passages.get(reply.passage)?.topic[locale] ?? ''} (${reply.passage})`;
    case 'ask':
      return fillText(`ask.${reply.slot}`, { slots: '…' }, content, locale);
    case 'summary':
      return fillText('summary.lead', { title: { text: `request.${reply.type}.title` } }, content, locale);
    case 'receipt':
      return fillText(
        'receipt.lead',
        { number: reply.number, title: { text: `request.${reply.type}.title` } },
        content,
        locale,
      );
  }
}
