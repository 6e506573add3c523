import { type Html, html } from '../../pages/html.ts';

/** A chart of bars, one row a name, and the same figures as a table below it. */
export interface Chart {
  /** Unique on the page. */
  id: string;
  title: string;
  /** What the chart shows, in a sentence, for those who do not see it. */
  about: string;
  /** What the column of names is called. */
  names: string;
  /** What opens the table. */
  asTable: string;
  /** What each series is called, in the order of the values. */
  series: readonly string[];
  rows: readonly { name: string; values: readonly number[] }[];
}

const WIDTH = 640;
const LABELS = 260;
const FIGURES = 50;
const BAR = 14;
const GAP = 12;

/** The chart as SVG made here, without a script, and its table. */
export function barChart({ id, title, about, names, asTable, series, rows }: Chart): Html {
  const most = Math.max(1, ...rows.flatMap(({ values }) => values));
  const rowHeight = series.length * BAR + GAP;
  const scale = (WIDTH - LABELS - FIGURES) / most;
  return html`<h2 id="${id}" class="chart-title">${title}</h2>
<ul class="legend" aria-hidden="true">
${series.map((name, index) => html`<li class="series-${index + 1}">${name}</li>\n`)}</ul>
<div class="wide" tabindex="0" role="region" aria-label="${title}">
<svg class="chart" viewBox="0 0 ${WIDTH} ${Math.max(1, rows.length) * rowHeight}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${title}</title>
<desc id="${id}-desc">${about}</desc>
${rows.map(({ name, values }, row) => {
  const top = row * rowHeight;
  return html`<text class="name" x="${LABELS - 10}" y="${top + (rowHeight - GAP) / 2 + 5}" text-anchor="end">${name}</text>
${values.map((value, index) => {
  const width = Math.max(value * scale, value > 0 ? 2 : 0);
  const y = top + index * BAR;
  return html`<rect class="series-${index + 1}" x="${LABELS}" y="${y}" width="${width.toFixed(1)}" height="${BAR - 2}" rx="2"/>
<text class="figure" x="${(LABELS + width + 6).toFixed(1)}" y="${y + BAR - 3}">${value}</text>
`;
})}`;
})}</svg>
</div>
<details>
<summary>${asTable}</summary>
<div class="wide" tabindex="0" role="region" aria-label="${about}">
<table>
<thead><tr><th scope="col">${names}</th>${series.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows.map(({ name, values }) => html`<tr><th scope="row">${name}</th>${values.map((value) => html`<td>${value}</td>`)}</tr>\n`)}</tbody>
</table>
</div>
</details>
`;
}
