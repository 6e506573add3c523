import type { Content } from '../src/content/content.ts';
import { readContent } from '../src/content/content.ts';
import { MODEL, ROOT } from '../src/paths.ts';
import { featuresWith } from '../src/understanding/features.ts';
import { type Model, readModel } from '../src/understanding/model.ts';
import type { Network } from '../src/understanding/network.ts';
import { understandingOf } from '../src/understanding/understand.ts';
import { readJsonl } from './jsonl.ts';
import { publish, table } from './publish.ts';
import { rowSchema } from './score.ts';

// How the time of one answer grows with the notice: the same model with 10 and 100 times the passages (synthetic:
// every passage again and again, each with weights of its own). npm run bench:scale [-- --write]
const content = readContent(ROOT);
const model = readModel(MODEL, featuresWith(content.thesaurus));
const rows = readJsonl(`${ROOT}/test/evaluation/dev.jsonl`, rowSchema);
const results = [1, 10, 100].map((times) => {
  const large = enlarged(content, times);
  const understanding = understandingOf(enlargedModel(model, times), large);
  const found: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    for (const { text, lang } of rows) {
      const from = performance.now();
      understanding.understand(text, lang, null);
      if (round > 1) found.push(performance.now() - from);
    }
  }
  found.sort((a, b) => a - b);
  return {
    passages: large.passages.size,
    median: found[Math.floor(found.length * 0.5)] ?? 0,
    late: found[Math.floor(found.length * 0.99)] ?? 0,
  };
});
publish(
  'scale',
  table([
    ['passages', 'median, ms', '99 %, ms', 'median, times the first'],
    ...results.map(({ passages, median, late }) => [
      String(passages),
      median.toFixed(3),
      late.toFixed(3),
      (median / (results[0]?.median ?? 1)).toFixed(1),
    ]),
  ]),
);

function enlarged(base: Content, times: number): Content {
  const passages = new Map(base.passages);
  for (let copy = 1; copy < times; copy += 1)
    for (const passage of base.passages.values()) {
      const rename = (id: string) => `${id}x${copy}`;
      const id = rename(passage.id);
      passages.set(id, {
        ...passage,
        id,
        opens: passage.opens.map(rename),
        sameAs: passage.sameAs.map(rename),
      });
    }
  return { ...base, passages };
}

function enlargedModel(base: Model, times: number): Model {
  const { classifier } = base;
  const own = classifier.labels.map((label, at) => ({ label, at }));
  const passages = own.filter(({ label }) => content.passages.has(label));
  const copies = Array.from({ length: times - 1 }, (_, copy) =>
    passages.map(({ label, at }) => ({ label: `${label}x${copy + 1}`, at })),
  );
  const all = [...own, ...copies.flat()];
  let state = 1;
  const noise = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 0.5;
  };
  const widen = (network: Network): Network => ({
    ...network,
    labels: all.length,
    output: Float32Array.from({ length: network.hidden * all.length }, (_, place) => {
      const { at } = all[place % all.length] ?? { at: 0 };
      return (network.output[Math.floor(place / all.length) * network.labels + at] ?? 0) + noise();
    }),
    outputBias: Float32Array.from(all, ({ at }) => network.outputBias[at] ?? 0),
  });
  return {
    ...base,
    shifts: all.map(({ at }) => base.shifts[at] ?? 0),
    classifier: {
      ...classifier,
      labels: all.map(({ label }) => label),
      networks: classifier.networks.map(widen),
    },
  };
}
