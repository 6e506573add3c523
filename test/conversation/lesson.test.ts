import { expect } from 'chai';
import { memoryLessons } from '../../src/adapters/memory/memory-lessons.ts';
import { reviewList } from '../../src/adapters/terminal/review-list.ts';
import { BLANK, maskForReview } from '../../src/conversation/lesson.ts';
import { assistant, says, someHost } from './some-assistant.ts';

const { content, understanding } = assistant;
const mask = (text: string) => maskForReview(text, content, (word) => understanding.isCommon(word));

async function lessonsOf(...texts: string[]) {
  const lessons = memoryLessons();
  await says(someHost({ lessons }), ...texts);
  return lessons.list(10);
}

describe('what an editor learns from a conversation', () => {
  it('is every declined question, masked, with the passage that came nearest', async () => {
    const [row, ...others] = await lessonsOf(
      'hej',
      'vad tjänar en konsult hos er i Malmö, undrar Beatrice Fagerlund?',
    );
    expect(others).to.deep.equal([]);
    expect(row).to.include({ why: 'declined', locale: 'sv', count: 1, last: '2026-01-31' });
    expect(row?.text)
      .to.include('vad')
      .and.to.include('konsult')
      .and.to.not.match(/Beatrice|Fagerlund/i);
  });

  it('is what was thought of an answer, with its question', async () => {
    const rows = await lessonsOf('hur länge sparas mitt cv?', '!rate retention-1 bad', '!rate use-1 good');
    expect(rows).to.deep.include({
      why: 'bad',
      locale: 'sv',
      text: 'hur länge sparas mitt cv?',
      near: ['retention-1'],
      count: 1,
      last: '2026-01-31',
    });
    const other = rows.find(({ why }) => why === 'good');
    expect(other, 'a card rated later has no question').to.deep.include({ text: '', near: ['use-1'] });
  });

  it('is nothing of what was understood', async () => {
    expect(
      await lessonsOf('hej', 'hur länge sparas mitt cv?', 'radera mig', 'Anna Berg', 'avbryt'),
    ).to.deep.equal([]);
  });

  it('cannot be led back: the same question is one row, with a count and a day', async () => {
    const lessons = memoryLessons();
    for (const host of [someHost({ lessons }), someHost({ lessons })])
      await says(host, 'blir det regn i morgon?');
    const rows = await lessons.list(10);
    expect(rows).to.have.length(1);
    expect(Object.keys(rows[0] ?? {}).sort()).to.deep.equal([
      'count',
      'last',
      'locale',
      'near',
      'text',
      'why',
    ]);
    expect(rows[0]?.count).to.equal(2);
  });

  it('does not stop a turn where it cannot be kept', async () => {
    const lessons = { ...memoryLessons(), keep: () => Promise.reject(new Error('disk full')) };
    const [outcome] = await says(someHost({ lessons }), 'blir det regn i morgon?');
    expect(outcome?.replies.length).to.be.greaterThan(0);
  });

  it('is listed by the nearest passage, the most frequent first', () => {
    const row = { why: 'declined' as const, locale: 'sv' as const, last: '2026-01-31' };
    const list = reviewList(
      [
        { ...row, text: 'en gång', near: [], count: 1 },
        { ...row, text: 'ofta', near: ['retention-1'], count: 7 },
        { ...row, text: 'ibland', near: ['retention-1'], count: 2 },
      ],
      content,
    );
    expect(list.split('\n').map((line) => line.trim())).to.deep.equal([
      'retention-1 · Varför och när sparas uppgifter? · 9',
      '7 × declined sv  ofta  (last 2026-01-31)',
      '2 × declined sv  ibland  (last 2026-01-31)',
      '',
      'no passage near · 1',
      '1 × declined sv  en gång  (last 2026-01-31)',
    ]);
  });
});

describe('masking', () => {
  const hidden: [string, string][] = [
    ['an address', 'skriv till anna.berg@example.se'],
    ['a number', 'ring 070-174 06 05'],
    ['a personal identity number', 'jag är 811218-9876'],
    ['a name that is announced', 'jag heter Beatrice Fagerlund'],
    ['a name in small letters', 'hej det är beatrice fagerlund här'],
    ['a link', 'se https://example.com/beatrice'],
    ['a ticket’s number', 'hur går det med SA-7K3M-9QXP'],
    ['a rare word', 'jag har sarkoidos och jobbar på Fagerlundverken'],
    ['a name among names', 'Hälsa Annika, Lars-Göran och Mehmet från mig'],
  ];
  for (const [what, text] of hidden)
    it(`takes out ${what}`, () => {
      const masked = mask(text);
      expect(masked).to.include(BLANK);
      expect(masked).to.not.match(
        /berg|070|174|9876|beatrice|fagerlund|7K3M|sarkoidos|annika|lars|göran|mehmet|http/i,
      );
    });

  it('takes out what is sensitive where somebody speaks of themselves, however common it is', () => {
    const masked = mask('jag har en depression och är med i facket, syns min sjukdom i mitt cv?');
    expect(masked).to.not.match(/depression|facket|sjukdom/);
    expect(masked).to.include('cv');
    expect(mask('samlar ni uppgifter om facket?')).to.include('facket');
  });

  it('leaves what many people say', () => {
    const text = 'hur länge sparas mitt cv om jag inte får jobbet?';
    expect(mask(text)).to.equal(text);
  });
});
