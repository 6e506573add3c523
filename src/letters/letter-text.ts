import type { Part } from './letter.ts';

/** A letter as plain text, with blank lines between its parts. */
export function letterText(heading: string, parts: readonly Part[]): string {
  return `${[heading, ...parts.map(partText)].join('\n\n')}\n`;
}

function partText(part: Part): string {
  switch (part.is) {
    case 'paragraph':
      return part.text;
    case 'words':
      return `${part.lead}\n${part.text}`;
    case 'facts':
      return [
        ...(part.lead ? [part.lead] : []),
        ...part.facts.map(({ name, value }) => `${name}: ${value}`),
      ].join('\n');
    case 'list':
      return [part.lead, ...part.items.map((item) => `- ${item}`)].join('\n');
    case 'code':
      return part.code;
    case 'link':
      return `${part.text}\n${part.url}`;
    case 'quote':
      return part.text
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n');
  }
}
