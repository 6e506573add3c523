import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAssistant } from '../src/assistant.ts';
import { memoryHost } from '../src/host.ts';
import { ROOT } from '../src/paths.ts';
import { readJsonl } from './jsonl.ts';
import { percent, publish, table } from './publish.ts';
import { judgeRows, rowSchema } from './score.ts';

// The risk–coverage curve (the share of wrong answers among the surest ones) and how far confidence can be trusted:
// npm run bench:risk [-- --write], which also draws docs/risk-coverage.svg.
const rows = readJsonl(join(ROOT, 'test', 'evaluation', 'dev.jsonl'), rowSchema);
const host = memoryHost(loadAssistant(new Uint8Array(32)));
const judged = (await judgeRows(rows, host)).sort((a, b) => b.confidence - a.confidence);
let wrong = 0;
const curve = judged.map(({ isRight }, index) => {
  if (!isRight) wrong += 1;
  return { coverage: (index + 1) / judged.length, risk: wrong / (index + 1) };
});
const area = curve.reduce((sum, point) => sum + point.risk, 0) / curve.length;
const BINS = 10;
const bins = Array.from({ length: BINS }, (_, bin) =>
  judged.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin),
);
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
const saidIn = bins.map((bin) => mean(bin.map(({ confidence }) => confidence)));
const rightIn = bins.map((bin) => mean(bin.map(({ isRight }) => (isRight ? 1 : 0))));
const error = bins.reduce(
  (sum, bin, at) => sum + (Math.abs((saidIn[at] ?? 0) - (rightIn[at] ?? 0)) * bin.length) / judged.length,
  0,
);
const riskAt = (coverage: number) => curve[Math.round(coverage * curve.length) - 1]?.risk;
publish(
  'risk',
  `${table([
    ['the surest', '50 %', '70 %', '80 %', '90 %', '100 %'],
    ['of them wrong', ...[0.5, 0.7, 0.8, 0.9, 1].map((coverage) => percent(riskAt(coverage)))],
  ])}\n\nArea under the curve ${area.toFixed(3)}, expected calibration error ${error.toFixed(3)}, ${judged.length} rows.`,
);
if (process.argv.includes('--write')) writeFileSync(join(ROOT, 'docs', 'risk-coverage.svg'), draw());

function draw(): string {
  const [width, height, left, top, gap] = [300, 240, 56, 40, 90];
  const most = 0.2;
  const x = (share: number, panel: number) => left + panel * (width + gap) + share * width;
  const y = (share: number) => top + height - share * height;
  const line = curve.map(
    ({ coverage, risk }) => `${x(coverage, 0).toFixed(1)},${y(Math.min(1, risk / most)).toFixed(1)}`,
  );
  const dots = bins.flatMap((bin, at) =>
    bin.length === 0
      ? []
      : [
          `<circle cx="${x(saidIn[at] ?? 0, 1).toFixed(1)}" cy="${y(rightIn[at] ?? 0).toFixed(1)}" r="${(2 + Math.sqrt(bin.length)).toFixed(1)}" fill="#1f5fbf" fill-opacity="0.6"/>`,
        ],
  );
  const frame = (panel: number, title: string, across: string, up: string, ticks: readonly string[]) =>
    [
      `<rect x="${x(0, panel)}" y="${top}" width="${width}" height="${height}" fill="none" stroke="#888"/>`,
      `<text x="${x(0.5, panel)}" y="${top - 14}" text-anchor="middle" font-weight="bold">${title}</text>`,
      `<text x="${x(0.5, panel)}" y="${top + height + 36}" text-anchor="middle">${across}</text>`,
      `<text transform="translate(${x(0, panel) - 42} ${top + height / 2}) rotate(-90)" text-anchor="middle">${up}</text>`,
      ...[0, 0.5, 1].map(
        (share, tick) =>
          `<text x="${x(share, panel)}" y="${top + height + 18}" text-anchor="middle">${100 * share} %</text>` +
          `<text x="${x(0, panel) - 6}" y="${y(share) + 4}" text-anchor="end">${ticks[tick]}</text>`,
      ),
    ].join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * width + gap + 2 * left} ${height + top + 56}" font-family="sans-serif" font-size="12">
<title>Risk–coverage curve and reliability of the confidence, ${judged.length} measuring rows</title>
<rect width="100%" height="100%" fill="#fff"/>
${frame(0, 'Risk and coverage', 'share of messages answered, surest first', 'share of them wrong', ['0 %', `${50 * most} %`, `${100 * most} %`])}
<polyline points="${line.join(' ')}" fill="none" stroke="#b3261e" stroke-width="2"/>
${frame(1, 'Confidence', 'confidence said', 'share right', ['0 %', '50 %', '100 %'])}
<line x1="${x(0, 1)}" y1="${y(0)}" x2="${x(1, 1)}" y2="${y(1)}" stroke="#888" stroke-dasharray="4 4"/>
${dots.join('\n')}
</svg>
`;
}
