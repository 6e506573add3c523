import type { Content } from '../content/content.ts';
import { holdsPhrase } from '../text/phrases.ts';
import { words } from '../text/words.ts';

const names = new WeakMap<object, readonly string[]>();

/** The brand of the group that a text names. */
export function readBrand(text: string, content: Content): string | undefined {
  const tokens = words(text);
  return content.brands.find((brand) => {
    let phrases = names.get(brand);
    if (!phrases) {
      phrases = [brand.name, ...brand.aliases].map((alias) => words(alias).join(' '));
      names.set(brand, phrases);
    }
    return holdsPhrase(tokens, phrases);
  })?.name;
}
