import { type Html, html } from '../../pages/html.ts';

/** A chart of bars, one row a name, and the same figures as a table beside it. */
export interface Chart {
  /** Unique on the page. */
  id: string;
  title: string;
  /** What the chart shows, in a sentence, for those who do not see it. */
  about: string;
  /** What the column of names is called. */
  names: string;
  /** What each series is called, in the order of the values. */
  series: readonly string[];
  rows: readonly { name: string; values: readonly number[] }[];
}

const BARS = 300;
const FIGURES = 50;
/** As wide as a letter of a name is at most on the whole, so that the longest name has its room. */
const LETTER = 8;
const BAR = 14;
const GAP = 12;

/** The chart as SVG made here, without a script, and its table, which stands alone where there is no room for both. */
export function barChart({ id, title, about, names, series, rows }: Chart): Html {
  const labels = Math.max(...rows.map(({ name }) => name.length), 1) * LETTER + 24;
  const rowHeight = series.length * BAR + GAP;
  const [width, height] = [labels + BARS + FIGURES, Math.max(1, rows.length) * rowHeight];
  const most = Math.max(1, ...rows.flatMap(({ values }) => values));
  const scale = BARS / most;
  return html`<h2 id="${id}" class="chart-title">${title}</h2>
<div class="chart-pair">
<div class="chart-side">
<ul class="legend" aria-hidden="true">
${series.map((name, index) => html`<li class="series-${index + 1}">${name}</li>\n`)}</ul>
<div class="wide" tabindex="0" role="region" aria-label="${title}">
<svg class="chart" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${title}</title>
<desc id="${id}-desc">${about}</desc>
${rows.map(({ name, values }, row) => {
  const top = row * rowHeight;
  return html`<text class="name" x="${labels - 10}" y="${top + (rowHeight - GAP) / 2 + 5}" text-anchor="end">${name}</text>
${values.map((value, index) => {
  const long = Math.max(value * scale, value > 0 ? 2 : 0);
  const y = top + index * BAR;
  return html`<rect class="series-${index + 1}" x="${labels}" y="${y}" width="${long.toFixed(1)}" height="${BAR - 2}" rx="2"/>
<text class="figure" x="${(labels + long + 6).toFixed(1)}" y="${y + BAR - 3}">${value}</text>
`;
})}`;
})}</svg>
</div>
</div>
<div class="wide" tabindex="0" role="region" aria-label="${about}">
<table>
<thead><tr><th scope="col">${names}</th>${series.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows.map(({ name, values }) => html`<tr><th scope="row">${name}</th>${values.map((value) => html`<td>${value}</td>`)}</tr>\n`)}</tbody>
</table>
</div>
</div>
`;
}
