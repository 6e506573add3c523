import { createHash, createHmac } from 'node:crypto';

/** The ids of one ticket. */
export interface Minted {
  id: string;
  /** Short and readable, such as SA-7K3M-9QXP. */
  number: string;
  /** Opens the ticket; 256 bits, base64url. Only its hash is stored. */
  token: string;
}

/** Crockford's base 32: no I, L, O or U, so that a number can be read out loud and typed from paper. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Ids from a secret: the same key gives the same ids, so that a request confirmed twice, or again after a crash, is
 * the same ticket; without the secret they cannot be guessed. 40 bits of number: a clash is unlikely below a million.
 */
export function mintFrom(secret: Uint8Array): (key: string) => Minted {
  return (key) => {
    const derive = (purpose: string) => createHmac('sha256', secret).update(`${purpose}\0${key}`).digest();
    const code = [...derive('number').subarray(0, 8)].map((byte) => ALPHABET[byte % 32]).join('');
    return {
      id: uuid(derive('id')),
      number: `SA-${code.slice(0, 4)}-${code.slice(4)}`,
      token: derive('token').toString('base64url'),
    };
  };
}

/** What is stored of a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

const NUMBER = /(?<![\p{L}\p{N}])SA[-–\s]?([0-9A-TV-Z]{4})[-–\s]?([0-9A-TV-Z]{4})(?![\p{L}\p{N}])/giu;
/** Something that is meant for a number, with a character too many or too few, or without its beginning. */
const MEANT =
  /(?<![\p{L}\p{N}])(?:SA[-–][0-9A-Z]{2,9}(?:[-–\s][0-9A-Z]{1,9})?|SA\s(?=[0-9A-Z\s]*\d)[0-9A-Z]{3,6}\s[0-9A-Z]{2,6}|(?=[A-Z]*\d)[0-9A-Z]{4}[-–](?=[A-Z]*\d)[0-9A-Z]{4})(?![\p{L}\p{N}])/iu;

/** A text without the ticket numbers in it. */
export function withoutTicketNumbers(text: string): string {
  return text.replace(NUMBER, ' ');
}

/** Whether a text names something that is meant for a ticket number and is none. */
export function holdsBrokenNumber(text: string): boolean {
  return MEANT.test(withoutTicketNumbers(text));
}

/** The ticket numbers in a text as people type them: any case, without dashes, O for 0, I or L for 1. */
export function ticketNumbersIn(text: string): string[] {
  const found = text.matchAll(NUMBER);
  return [
    ...new Set(
      [...found].flatMap(([whole, first = '', second = '']) => {
        const code = `${first}${second}`.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
        // "sa nej" and the like: eight letters in a row are words unless they are written like a number.
        return /\d/.test(code) || /[-–]/.test(whole) ? [`SA-${code.slice(0, 4)}-${code.slice(4)}`] : [];
      }),
    ),
  ];
}

function uuid(bytes: Buffer): string {
  const hex = bytes.subarray(0, 16);
  hex[6] = ((hex[6] ?? 0) & 0x0f) | 0x80; // version 8: made our own way (RFC 9562)
  hex[8] = ((hex[8] ?? 0) & 0x3f) | 0x80;
  return hex.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
