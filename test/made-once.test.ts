import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { madeOnce } from '../src/made-once.ts';

describe('a file that is made once', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'once-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps what came into it first, for its owner alone and with nothing beside it', () => {
    const file = join(folder, 'data', 'secret');
    expect(madeOnce(file, () => 'first').toString()).to.equal('first');
    expect(madeOnce(file, () => expect.fail('made again')).toString()).to.equal('first');
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(readdirSync(join(folder, 'data'))).to.deep.equal(['secret']);
  });

  it('is another’s who was first after all', () => {
    const file = join(folder, 'secret');
    const made = madeOnce(file, () => {
      writeFileSync(file, 'theirs');
      return 'ours';
    });
    expect(made.toString()).to.equal('theirs');
  });

  it('is not there where it could not be made, and is made over what a crash has left', () => {
    const file = join(folder, 'secret');
    const fails = () => {
      throw new RangeError('no');
    };
    expect(() => madeOnce(file, fails)).to.throw(RangeError);
    writeFileSync(`${file}.${process.pid}`, 'half of what was there before');
    expect(madeOnce(file, () => 'whole').toString()).to.equal('whole');
    expect(readdirSync(folder)).to.deep.equal(['secret']);
  });
});
