import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../src/paths.ts';

const FILE = join(ROOT, 'docs', 'benchmarks.md');

/** A Markdown table: the first row is its head. */
export function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '--:'))), ...body.map(line)].join(
    '\n',
  );
}

/** Prints a result, and puts it in its place in docs/benchmarks.md where `--write` is given. */
export function publish(name: string, text: string): void {
  console.log(text);
  if (!process.argv.includes('--write')) return;
  const before = readFileSync(FILE, 'utf8');
  const place = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(\\n<!-- /${name} -->)`);
  if (!place.test(before)) throw new RangeError(`${FILE} has no place for ${name}`);
  writeFileSync(
    FILE,
    before.replace(place, (_, open, close) => `${open}\n${text}\n${close}`),
  );
}

/** A share as per cent. */
export function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${(100 * share).toFixed(1)} %`;
}
