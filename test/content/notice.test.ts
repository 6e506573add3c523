import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readContent } from '../../src/content/content.ts';
import { ROOT } from '../../src/paths.ts';

const content = readContent(ROOT);
const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The notice put together again from its sections: titles, passages, the links back, contents and footer. */
function rebuild(): string {
  const { contents, back, footer } = content.notice;
  const parts: string[] = [];
  for (const [index, section] of content.sections.entries()) {
    const opensWithTitle = section.passages[0]?.text.startsWith(section.title);
    if (!opensWithTitle) parts.push(section.title);
    parts.push(...section.passages.map((passage) => passage.text));
    const isLast = index === content.sections.length - 1;
    if (index >= content.sections.findIndex((each) => each.id === contents.after)) parts.push(`[${back}](#)`);
    if (section.id === contents.after) {
      parts.push(contents.title, contents.lead);
      const titles = content.sections.flatMap((each) => each.aliases);
      parts.push(...titles.map((title) => `[${title.replace(/[()]/g, '\\$&')}](#)`));
    }
    if (isLast) parts.push(footer);
  }
  return parts.join('\n');
}

describe('the notice', () => {
  it('is the original word for word, white space apart', () => {
    const original = readFileSync(join(ROOT, 'knowledge', 'original.txt'), 'utf8');
    expect(squeeze(rebuild())).to.equal(squeeze(original));
  });

  it('has its sections in order, with the ids of its files', () => {
    expect(content.sections.map((section) => section.id)).to.deep.equal([
      'intro',
      'about_allegis',
      'scope',
      'collection',
      'use',
      'cookies',
      'sharing_within',
      'sharing_third_parties',
      'legal_basis',
      'international_transfers',
      'privacy_shield',
      'rights',
      'choices',
      'security',
      'retention',
      'children',
      'links_forums',
      'contact',
      'changes',
      'additional_notices',
      'marketsource',
    ]);
  });

  it('keeps the HotJar questions with their answers', () => {
    for (const id of ['cookies-3', 'cookies-4', 'cookies-5', 'cookies-6', 'cookies-7', 'cookies-8'])
      expect(content.passages.get(id)?.text.split('\n')[0], id).to.match(/\?$/);
  });

  it('joins what a page break cut', () => {
    expect(content.passages.get('privacy_shield-5')?.text).to.include('mycket korta webbformulär');
    expect(content.passages.get('international_transfers-2')?.text).to.include('de lagar som gäller där');
    expect(content.passages.get('sharing_third_parties-3')?.text).to.include(
      'sökpool, personaladministration',
    );
  });
});
