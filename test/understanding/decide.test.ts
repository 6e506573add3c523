import { expect } from 'chai';
import { readContent } from '../../src/content/content.ts';
import { ROOT } from '../../src/paths.ts';
import { deciderOf } from '../../src/understanding/decide.ts';
import { labelsIn, meaningsOf } from '../../src/understanding/meaning.ts';

const content = readContent(ROOT);
const decider = deciderOf(content);
const labels = labelsIn([...content.intents.keys(), ...content.passages.keys()], content);
const decide = (likely: Readonly<Record<string, number>>) =>
  decider.decide(
    meaningsOf(
      Float64Array.from(labels.all, (label) => likely[label] ?? 0),
      labels,
    ),
  );
const first = (likely: Readonly<Record<string, number>>) => {
  const decision = decide(likely);
  return `${decision.do} ${decision.meanings[0]?.label}`;
};

describe('deciding by cost', () => {
  it('takes the likeliest where it is sure', () => {
    expect(first({ 'retention-2': 0.9, erasure: 0.1 })).to.equal('take retention-2');
    expect(first({ erasure: 0.9, 'retention-2': 0.1 })).to.equal('take erasure');
  });

  it('answers where several passages together are likelier than declining', () =>
    expect(
      first({ unanswerable: 0.35, 'retention-1': 0.3, 'retention-2': 0.25, 'security-1': 0.1 }),
    ).to.equal('take retention-1'));

  it('declines where the notice is likely silent', () =>
    expect(first({ unanswerable: 0.7, 'retention-1': 0.3 })).to.equal('take unanswerable'));

  it('is as sure of declining as of both ways to decline', () =>
    expect(decide({ unanswerable: 0.5, out_of_scope: 0.45, thanks: 0.05 }).confidence).to.be.closeTo(
      0.95,
      1e-9,
    ));

  it('asks between two wishes that are level, and offers no "something else"', () => {
    const decision = decide({ erasure: 0.48, restriction: 0.46, unanswerable: 0.06 });
    expect(decision.do).to.equal('clarify');
    expect(decision.meanings.slice(0, 2).map((meaning) => meaning.label)).to.have.members([
      'erasure',
      'restriction',
    ]);
    expect(decision.meanings.map((meaning) => meaning.label)).not.to.include('unanswerable');
  });

  it('shows the whole list where its items are level, and the item where it is clear', () => {
    expect(first({ 'use-3': 0.25, 'use-4': 0.25, 'use-7': 0.25, 'use-11': 0.25 })).to.equal('take use-2');
    expect(first({ 'use-7': 0.85, 'use-11': 0.15 })).to.equal('take use-7');
  });

  it('leaves out what is shown already', () => {
    const shown = decide({ 'use-2': 0.6, 'use-3': 0.2, 'use-14': 0.2 }).meanings.map(
      (meaning) => meaning.label,
    );
    expect(shown.slice(0, 2)).to.deep.equal(['use-2', 'use-14']);
  });

  it('prefers the way to do it over the bare passage that tells it', () =>
    expect(first({ 'cookies-8': 0.5, hotjar_opt_out: 0.5 })).to.equal('take hotjar_opt_out'));

  it('takes a passage and its double for one', () => {
    expect(decider.isRight('rights-4', 'privacy_shield-6')).to.equal(true);
    expect(decider.isRight('rights-4', 'rights-5')).to.equal(false);
  });

  it('has nothing to say of nothing', () =>
    expect(decider.decide(meaningsOf(new Float64Array(0), labelsIn([], content))).confidence).to.equal(0));
});

describe('the meanings of a text', () => {
  it('are spelt out likeliest first, and summed by kind however many there are', () => {
    const probabilities = Float64Array.from(labels.all, (_, position) => position + 1);
    const sum = probabilities.reduce((total, each) => total + each, 0);
    const meanings = meaningsOf(
      probabilities.map((each) => each / sum),
      labels,
    );
    const said = meanings.likeliest.map((meaning) => meaning.probability);
    expect(said).to.deep.equal([...said].sort((a, b) => b - a));
    expect(meanings.likeliest[0]?.label).to.equal(labels.all.at(-1));
    expect(Object.values(meanings.ofKind).reduce((total, each) => total + each, 0)).to.be.closeTo(1, 1e-9);
    expect(meanings.of('no_such_label')).to.equal(0);
  });
});
