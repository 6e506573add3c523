/** Markdown as plain text, with the same words: for channels that show letters as they come, and for those who listen. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\((#?[^)]*)\)/g, (_, label: string, target: string) =>
      label === target ? label : `${label} (${target})`,
    )
    .replace(/(?<!\\)\*\*/g, '')
    .replace(/\\([\\[\]<>*`])/g, '$1');
}
