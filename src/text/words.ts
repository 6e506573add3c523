/** A language the assistant speaks. */
export type Locale = 'sv' | 'en';

/** Lower case, composed letters, straight quotes and plain spaces: the one form in which texts are compared. */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘´`]/g, "'")
    .replace(/[“”«»„]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Letters without their marks (å → a): people on foreign keyboards leave the marks out. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/ø/g, 'o')
    .replace(/æ/g, 'a');
}

/** The words of a text, normalised, in order; punctuation is left out. `\p{L}`, because `\w` breaks å ä ö. */
export function words(text: string): string[] {
  return normalise(text).match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [];
}

/** The sentences of a text, trimmed, empty ones left out. */
export function sentences(text: string): string[] {
  return text
    .split(/(?<=[.!?…])\s+(?=\S)|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** A text as it stands alone: with a capital letter. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
