import { z } from 'zod';

const element = z.looseObject({ type: z.string() });

/** An Adaptive Card, as far as a test looks into it. */
export const cardSchema = z.looseObject({ type: z.literal('AdaptiveCard') });
export type Card = z.infer<typeof cardSchema>;

/** Every element and action of a card, those of its inner cards among them. */
export function partsOf(value: unknown): z.infer<typeof element>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, part]) => (key === 'refresh' ? [] : partsOf(part)));
  const own = element.safeParse(value).data;
  return own ? [own, ...inner] : inner;
}

/** What can be read on a card before anything on it is opened. */
export function cardText(card: Card): string {
  const lines: string[] = [];
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      if (['text', 'title', 'value', 'label'].includes(key) && typeof part === 'string') lines.push(part);
      else if (!['refresh', 'data', 'choices', 'card'].includes(key)) walk(part);
    }
  };
  walk(card.body);
  walk(card.actions);
  return lines.join('\n');
}
