import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ContentError } from '../../src/content/content-file.ts';
import { readThesaurus } from '../../src/content/thesaurus.ts';

describe('the thesaurus', () => {
  const folder = mkdtempSync(join(tmpdir(), 'thesaurus-'));
  const file = join(folder, 'thesaurus.txt');
  const read = (text: string) => {
    writeFileSync(file, text);
    return readThesaurus(file);
  };
  after(() => rmSync(folder, { recursive: true }));

  it('knows a word folded, under every concept that it stands in', () => {
    const thesaurus = read('health: sjuk, läkare\n\nwork: läkare, jobb\n');
    expect(thesaurus.get('lakare')).to.deep.equal(['health', 'work']);
    expect(thesaurus.get('läkare')).to.equal(undefined);
  });

  it('names every line that is no concept', () => {
    try {
      read('health: sjuk\nwithout members:\nnot a concept\n');
      expect.fail('it was read');
    } catch (error) {
      expect(error).to.be.instanceOf(ContentError);
      expect((error as ContentError).faults.map((fault) => fault.line)).to.deep.equal([2, 3]);
    }
  });
});
