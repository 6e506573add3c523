import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { classify } from '../../src/understanding/classifier.ts';
import { featuresWith } from '../../src/understanding/features.ts';
import { modelHash, readModel, writeModel } from '../../src/understanding/model.ts';
import { trainClassifier } from '../../src/understanding/train-classifier.ts';

const read = featuresWith(
  new Map([
    ['bil', ['vehicle']],
    ['car', ['vehicle']],
  ]),
);
const rows = [
  ...['släng min profil', 'ta bort allt om mig', 'radera kontot nu', 'bort med mina uppgifter'].map(
    (text) => ({
      text,
      label: 'erasure',
    }),
  ),
  ...['hur länge sparas mitt cv', 'när försvinner ansökan', 'sparas det för alltid', 'hur många år'].map(
    (text) => ({
      text,
      label: 'retention',
    }),
  ),
  ...['hej hej', 'god dag', 'hallå där', 'tjena'].map((text) => ({ text, label: 'greeting' })),
].map((row) => ({ ...row, locale: 'sv' as const }));

const likeliest = (logs: Float64Array, labels: readonly string[]) => labels[logs.indexOf(Math.max(...logs))];

describe('a classifier', () => {
  it('learns its rows and words near them', async () => {
    const { classifier } = await trainClassifier(rows, read);
    const taken = (text: string) => likeliest(classify(text, 'sv', classifier), classifier.labels);
    for (const { text, label } of rows) expect(taken(text), text).to.equal(label);
    expect(taken('ta bort min profil')).to.equal('erasure');
    expect(taken('hur länge sparas ansökan')).to.equal('retention');
  });

  it('says probabilities that make one', async () => {
    const { classifier } = await trainClassifier(rows, read);
    const sum = classify('något helt annat', 'sv', classifier).reduce(
      (total, log) => total + Math.exp(log),
      0,
    );
    expect(sum).to.be.closeTo(1, 1e-9);
  });

  it('is the same to the byte for the same rows', async () => {
    const [one, other] = [await trainClassifier(rows, read), await trainClassifier(rows, read)];
    expect(one.classifier.networks).to.deep.equal(other.classifier.networks);
  });

  it('trains a network for every fold that has not seen its rows', async () => {
    const { classifier, folds } = await trainClassifier(
      rows,
      read,
      rows.map((_, row) => (row < 4 ? 0 : 1)),
    );
    expect(folds).to.have.length(2);
    // The first fold is all there is of a label: a network that has not seen it does not take its rows for it.
    const blind = { ...classifier, networks: folds.slice(0, 1) };
    expect(likeliest(classify('släng min profil', 'sv', blind), classifier.labels)).not.to.equal('erasure');
  });

  it('sees what two languages have in common through the thesaurus', async () => {
    const mixed = [
      { text: 'min bil', label: 'car', locale: 'sv' as const },
      { text: 'en bil till', label: 'car', locale: 'sv' as const },
      { text: 'mitt hus', label: 'house', locale: 'sv' as const },
      { text: 'ett hus till', label: 'house', locale: 'sv' as const },
    ];
    const { classifier } = await trainClassifier(mixed, read);
    expect(likeliest(classify('car', 'en', classifier), classifier.labels)).to.equal('car');
  });

  it('is written and read without loss, and its hash without the rest', async () => {
    const { classifier } = await trainClassifier(rows, read);
    const folder = mkdtempSync(join(tmpdir(), 'model-'));
    const file = join(folder, 'model.bin');
    const model = {
      hash: 'h',
      classifier,
      relations: classifier,
      temperature: 0.8,
      shifts: classifier.labels.map(() => 0.5),
      curve: [[0.2, 0.3] as const],
    };
    writeModel(file, model);
    expect(readModel(file, read)).to.deep.equal(model);
    expect(modelHash(file)).to.equal('h');
    writeFileSync(file, readFileSync(file).subarray(0, -10));
    expect(() => readModel(file, read)).to.throw('cut short');
    expect(modelHash(join(folder, 'none'))).to.equal(null);
    rmSync(folder, { recursive: true });
  });
});
