/** An Adaptive Card, version 1.5 (adaptivecards.io/explorer), as far as it is used here. */
export interface Card {
  type: 'AdaptiveCard';
  $schema: string;
  version: '1.5';
  lang: string;
  /** For clients that cannot show it. */
  fallbackText: string;
  /** For those who hear it. */
  speak: string;
  body: Element[];
  actions?: Action[];
  /** Teams asks for the card anew when one of these people looks at it. */
  refresh?: { action: Action; userIds: string[] };
}

/** An element or an action by its type; `card.test.ts` holds all that are made against Microsoft's own parser. */
export type Element = { type: string } & Record<string, unknown>;
export type Action = { type: string } & Record<string, unknown>;

/** Where a card is shown: Web Chat knows no Action.Execute, and in Teams a card that was sent is replaced by it. */
export type Surface = 'web' | 'teams';

/** The content type of a card as an attachment. */
export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/** Puts a card together. `spoken`: its content as plain text. */
export function card(
  lang: string,
  spoken: string,
  body: readonly Element[],
  actions: readonly Action[] = [],
): Card {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang,
    fallbackText: spoken,
    speak: spoken,
    body: [...body],
    ...(actions.length > 0 ? { actions: [...actions] } : {}),
  };
}

/** A text by itself, where a card is wanted. */
export function textCard(text: string, lang: string): Card {
  return card(lang, text, [textBlock(text)]);
}

export function textBlock(text: string, more: Record<string, unknown> = {}): Element {
  return { type: 'TextBlock', text, wrap: true, ...more };
}

export function container(style: 'emphasis' | 'accent' | 'default', items: readonly Element[]): Element {
  return { type: 'Container', style, items: [...items] };
}

export function facts(rows: readonly { title: string; value: string }[]): Element {
  return { type: 'FactSet', facts: rows.map(({ title, value }) => ({ title, value })) };
}

export function actionSet(actions: readonly Action[]): Element {
  return { type: 'ActionSet', actions: [...actions] };
}

/** A button that sends `data` and what stands in the card's inputs. */
export function submit(
  title: string,
  data: Record<string, unknown>,
  surface: Surface,
  more: Record<string, unknown> = {},
): Action {
  return surface === 'teams'
    ? { type: 'Action.Execute', title, verb: String(data.verb), data, ...more }
    : { type: 'Action.Submit', title, data, ...more };
}

/** A button that says something: on the web its words stand in the conversation as the person's own. */
export function press(
  title: string,
  choice: string,
  surface: Surface,
  more: Record<string, unknown> = {},
): Action {
  if (surface === 'teams')
    return submit(title, { verb: 'choice', choice }, surface, { associatedInputs: 'none', ...more });
  // How Web Chat is told to treat a card's button like one of its own (botframework-webchat, AdaptiveCardRenderer).
  const cardAction = { type: 'messageBack', title, text: choice, displayText: title, value: { choice } };
  return {
    type: 'Action.Submit',
    title,
    associatedInputs: 'none',
    data: { __isBotFrameworkCardAction: true, cardAction },
    ...more,
  };
}
