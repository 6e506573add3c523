import { expect } from 'chai';
import fc from 'fast-check';
import { fitCurve, readCurve } from '../../src/understanding/calibration.ts';

const trials = (said: number, right: number, of: number) =>
  Array.from({ length: of }, (_, index) => ({ said, right: index < right, weight: 1 }));

describe('calibration', () => {
  it('says how often decisions of that probability were right', () => {
    const curve = fitCurve([...trials(0.9, 60, 100), ...trials(0.3, 20, 100)]);
    expect(readCurve(curve, 0.9)).to.be.closeTo(0.6, 1e-9);
    expect(readCurve(curve, 0.3)).to.be.closeTo(0.2, 1e-9);
    expect(readCurve(curve, 0.6)).to.be.closeTo(0.4, 1e-9);
  });

  it('pools what falls', () => {
    const curve = fitCurve([...trials(0.2, 80, 100), ...trials(0.8, 40, 100)]);
    expect(curve).to.have.length(1);
    expect(readCurve(curve, 0.5)).to.be.closeTo(0.6, 1e-9);
  });

  it('counts a trial by its weight', () => {
    const heavy = trials(0.5, 100, 100).map((trial) => ({ ...trial, weight: 3 }));
    expect(readCurve(fitCurve([...heavy, ...trials(0.5, 0, 100)]), 0.5)).to.be.closeTo(0.75, 1e-9);
  });

  it('leaves a probability as it is where nothing was held out', () =>
    expect(readCurve([], 0.42)).to.equal(0.42));

  it('never falls, and stays a probability', () => {
    const trial = fc.record({
      said: fc.double({ min: 0, max: 1, noNaN: true }),
      right: fc.boolean(),
      weight: fc.double({ min: 0.1, max: 5, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(trial, { minLength: 1, maxLength: 300 }), (rows) => {
        const curve = fitCurve(rows);
        const read = Array.from({ length: 21 }, (_, step) => readCurve(curve, step / 20));
        for (const [index, value] of read.entries()) {
          expect(value).to.be.within(0, 1);
          expect(value).to.be.at.least((read[index - 1] ?? 0) - 1e-9);
        }
      }),
      { numRuns: 100 },
    );
  });
});
