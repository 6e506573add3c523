import { plainText } from '../../conversation/plain-text.ts';

const WIDTH = 100;

/** Markdown as plain lines for a terminal: no marks, folded at 100 columns, lists of values as a table. */
export function terminalText(markdown: string): string {
  return plainText(table(markdown)).split('\n').map(foldLine).join('\n');
}

// "- **namn**: Anna" lines become two columns.
function table(text: string): string {
  const row = /^- \*\*(.+?)\*\*: (.*)$/gm;
  const widest = Math.max(0, ...[...text.matchAll(row)].map((found) => found[1]?.length ?? 0));
  return text.replace(row, (_, name: string, value: string) => `  ${name.padEnd(widest)}  ${value}`);
}

function foldLine(line: string): string {
  const lead = /^(?:> |\s*- |\s+)/.exec(line)?.[0] ?? '';
  const indent = lead.startsWith('> ') ? '> ' : ' '.repeat(lead.length);
  const folded: string[] = [];
  let current = '';
  if (line.length <= WIDTH) return line;
  for (const word of line.split(' ')) {
    if (current && current.length + word.length + 1 > WIDTH) {
      folded.push(current);
      current = indent + word;
    } else current = current ? `${current} ${word}` : word;
  }
  return [...folded, current].join('\n');
}
