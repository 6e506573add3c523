import { createRequire } from 'node:module';
import type * as AdaptiveCards from 'adaptivecards';

// The package's modules name each other without endings, which Node does not follow; its bundle is one file.
const { AdaptiveCard, SerializationContext, Versions }: typeof AdaptiveCards = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
);

/** What Microsoft's own parser finds wrong with a card at version 1.5: nothing, or its messages. */
export function officialFaults(card: object): string[] {
  // Its pattern for `lang` remembers where it stopped and fails every other time; what it says twice is true.
  const [first, second] = [parse(card), parse(card)];
  return first.filter((message) => second.includes(message));
}

function parse(card: object): string[] {
  const context = new SerializationContext(Versions.v1_5);
  const parsed = new AdaptiveCard();
  parsed.parse(JSON.parse(JSON.stringify(card)), context);
  const found = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  const properties = parsed.validateProperties().validationEvents.map(({ message }) => message);
  return [...found, ...properties];
}
