import library from 'personnummer';

// The package's types describe its ES module, which Node does not load: what it exports is the class itself.
const personnummer = library as unknown as { valid(digits: string): boolean };

/** What stands in a text where a personal identity number stood. */
export const MASK = '[•••]';

const candidate = /(?<![\d+])(?:19|20)?\d{6}\s?[-+–]?\s?\d{4}(?!\d)/g;

/**
 * Takes Swedish personal identity and coordination numbers out of a text, before anything else sees it.
 * A mistyped one is masked too where its dash gives it away; ten digits in a row are masked only where the check
 * digit fits, and never where they begin like a mobile number (07…).
 */
export function maskPersonalNumbers(text: string): { text: string; masked: boolean } {
  let masked = false;
  const clean = text.replace(candidate, (found) => {
    const digits = found.replace(/\D/g, '');
    const dashed = /^\d{6,8}\s?[-+–]\s?\d{4}$/.test(found) && looksLikeDate(digits.slice(-10));
    const isMobile = /^07\d{8}$/.test(found);
    if (!dashed && (isMobile || !personnummer.valid(digits))) return found;
    masked = true;
    return MASK;
  });
  return { text: clean, masked };
}

function looksLikeDate(digits: string): boolean {
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4, 6)) % 60;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
