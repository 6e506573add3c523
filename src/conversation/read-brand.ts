import type { Content } from '../content/content.ts';
import { findPhrase } from '../text/phrases.ts';
import { words } from '../text/words.ts';

/** The brand of the group that a text names. */
export function readBrand(text: string, content: Content): string | undefined {
  const tokens = words(text);
  return content.brands.find((brand) =>
    [brand.name, ...brand.aliases].some((alias) => findPhrase(tokens, words(alias).join(' ')) >= 0),
  )?.name;
}
