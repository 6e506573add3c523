/**
 * Markdown from which Web Chat's renderer makes the same characters: its "typographer" would turn straight quotes into
 * curly ones, three dots into an ellipsis and (c) into a sign, and what is quoted must stay as it is. What is written as
 * an entity it leaves alone (markdown-it, rules `replacements` and `smartquotes`).
 */
export function keepCharacters(markdown: string): string {
  return (
    markdown
      .replace(/["']/g, (quote) => `&#${quote.charCodeAt(0)};`)
      .replace(/\.(?=\.)/g, '&#46;')
      .replace(/([?!])(?=[?!.])/g, (mark) => `&#${mark.charCodeAt(0)};`)
      .replace(/,(?=,)/g, '&#44;')
      .replace(/\((?=(?:c|r|p|tm)\))/gi, '&#40;')
      .replace(/\+(?=-)/g, '&#43;')
      .replace(/(?<=\S *)-(?=-)/g, '&#45;')
      // Nor does it make links of addresses that somebody has written.
      .replace(/@/g, '&#64;')
      .replace(/:(?=\/\/)/g, '&#58;')
      .replace(/(?<=\w)\.(?=\w)/g, '&#46;')
  );
}
