import { createHash } from 'node:crypto';
import type { Content } from './content.ts';

/**
 * A fingerprint of how a passage reads, with the list it leads into: 96 bits of SHA-256, base64url. Null where the
 * notice has no such passage.
 */
export function passageHash(passage: string, content: Pick<Content, 'passages'>): string | null {
  const found = content.passages.get(passage);
  if (!found) return null;
  const texts = [found.text, ...found.opens.map((id) => content.passages.get(id)?.text ?? '')];
  return createHash('sha256').update(texts.join('\n')).digest('base64url').slice(0, 16);
}
