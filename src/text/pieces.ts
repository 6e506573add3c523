import { normalise } from './words.ts';

/** A part of a text as it is written, so that capitals and punctuation can be told. */
export interface Piece {
  text: string;
  /** `contact` is an address or a phone number; `mark` is one sign of punctuation or the end of a line. */
  kind: 'word' | 'number' | 'contact' | 'mark';
  /** Whether a space or nothing stands before it. */
  apart: boolean;
}

// A word may hold hyphens and apostrophes; a capital with a point behind it is an initial, the point part of it.
const PIECE =
  /(?<contact>[^\s<>(),;:"'/|]+@[^\s<>(),;:"'/|]*[^\s<>(),;:"'/|.!?]|\+?\d[\d ()–-]{5,}\d)|(?<number>\d(?:[\d.,:/–-]*\d)?)|(?<word>(?<![\p{L}])\p{Lu}\.(?=\s?\p{L})|[\p{L}\p{M}]+(?:['’´`-][\p{L}\p{M}]+)*)|(?<mark>\n|[^\s])/gu;

/** The words, numbers, addresses and marks of a text, in order. */
export function pieces(text: string): Piece[] {
  return [...text.normalize('NFC').matchAll(PIECE)].map((found) => {
    const { contact, number, word } = found.groups ?? {};
    const before = found.input[found.index - 1];
    return {
      text: found[0],
      kind: contact ? 'contact' : number ? 'number' : word ? 'word' : 'mark',
      apart: before === undefined || /\s/.test(before),
    };
  });
}

/** The pieces as phrases are looked for in them: one normalised word each; a line's end stays one. */
export function wordsOf(row: readonly Piece[]): string[] {
  return row.map((piece) => (piece.text === '\n' ? '\n' : normalise(piece.text)));
}
