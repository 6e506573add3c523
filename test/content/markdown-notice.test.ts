import { expect } from 'chai';
import { readContent } from '../../src/content/content.ts';
import { contentOfMarkdown } from '../../src/content/markdown-notice.ts';
import { ROOT } from '../../src/paths.ts';

const home = readContent(ROOT);
const notice = `---
layout: page
---
# Integritetspolicy för Bokhandeln Eken

Den här texten berättar hur vi behandlar personuppgifter.

## Hur länge vi sparar

Köp sparas i **sju år**.

Vi raderar:

- medlemskap efter ett år
- nyhetsbrev genast

## Hur länge vi sparar

${'En mening som är ganska lång och säger något om lagring av uppgifter. '.repeat(30)}
`;

describe('a notice that nobody prepared', () => {
  const content = contentOfMarkdown(notice, home);
  const texts = [...content.passages.values()].map((passage) => passage.text);

  it('becomes passages word for word', () => {
    for (const text of texts) expect(notice.replace(/\s+/g, ' ')).to.include(text.replace(/\s+/g, ' '));
    expect(texts).to.include('Köp sparas i **sju år**.');
  });

  it('keeps a list with the line that leads into it', () =>
    expect(texts).to.include('Vi raderar:\n- medlemskap efter ett år\n- nyhetsbrev genast'));

  it('splits what is too long to quote', () => {
    for (const text of texts) expect(text.length).to.be.at.most(900);
    expect(texts.join(' ').match(/En mening/g)).to.have.length(30);
  });

  it('gives sections of the same title ids of their own', () =>
    expect(content.sections.map((section) => section.id)).to.deep.equal([
      'integritetspolicy_for_bokhandeln_eken',
      'hur_lange_vi_sparar',
      'hur_lange_vi_sparar_2',
    ]));

  it('says nothing of the home notice', () => {
    expect(content.advisories).to.deep.equal([]);
    expect(content.notice.inForce).to.equal(null);
    expect(content.notice.name.sv).to.include('Bokhandeln Eken');
    for (const request of content.requests.values()) expect(request.promise).to.equal(undefined);
  });

  for (const empty of ['', '# Bara en rubrik\n', '![bild](x.png)\n\n---\n'])
    it(`is refused kindly where there is nothing to quote: ${JSON.stringify(empty)}`, () =>
      expect(() => contentOfMarkdown(empty, home)).to.throw('no text to quote'));
});
