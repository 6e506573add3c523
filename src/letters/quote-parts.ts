import type { Content } from '../content/content.ts';
import { quotedWords, readingAidOf } from '../content/quote.ts';
import { advisoriesFor } from '../conversation/answer.ts';
import { fillText } from '../conversation/render.ts';
import type { Locale } from '../text/words.ts';
import type { Addresses, Part } from './letter.ts';

/** What the notice says, verbatim and with its place, the reading aid in English, and what has happened since. */
export function quoteParts(passage: string, content: Content, locale: Locale, addresses: Addresses): Part[] {
  const section = content.sections.find((found) => found.id === content.passages.get(passage)?.section);
  const place = { section: section?.title ?? '' };
  const { inForce } = content.notice;
  const aid = readingAidOf(passage, content);
  const known = advisoriesFor(passage, content);
  return [
    { is: 'paragraph', text: fillText('mail.notice_says', {}, content, locale) },
    { is: 'quote', text: quotedWords(passage, content) },
    {
      is: 'link',
      text: inForce
        ? fillText('mail.quote_source', { ...place, inForce: { day: inForce } }, content, locale)
        : fillText('mail.quote_source_undated', place, content, locale),
      url: addresses.passage(passage, locale),
    },
    ...(locale === 'en' && aid
      ? [{ is: 'paragraph' as const, text: fillText('mail.reading_aid', { aid }, content, locale) }]
      : []),
    ...content.advisories
      .filter(({ id }) => known.includes(id))
      .map(({ text, source, reviewed }) => ({
        is: 'link' as const,
        text: fillText(
          'mail.advisory',
          { advisory: text[locale], source: source.title, reviewed: { day: reviewed } },
          content,
          locale,
        ),
        url: source.url,
      })),
  ];
}
