import type { Content } from '../content/content.ts';
import { choiceLabel, choiceValue } from '../conversation/choose.ts';
import { fillText, type Links } from '../conversation/render.ts';
import type { Choice, Values } from '../conversation/reply.ts';
import type { State } from '../conversation/state.ts';
import { capitalised } from '../text/words.ts';
import { type Action, press, type Surface } from './card.ts';

/** What a card is made from besides the reply itself. */
export interface CardScene {
  content: Content;
  state: State;
  links: Links;
  surface: Surface;
  /** The channel's id of the person a card is for: Teams refreshes it for them. */
  person: string;
}

/** A text of dialogs/ in the person's language. */
export function words(id: string, scene: CardScene, values: Values = {}): string {
  return fillText(id, values, scene.content, scene.state.locale);
}

/** A slot's name as a label stands: with a capital letter. */
export function slotLabel(slot: string, scene: CardScene): string {
  return capitalised(words(`slot.${slot}`, scene));
}

/** A choice as a button. */
export function choiceButton(choice: Choice, scene: CardScene): Action {
  return press(choiceLabel(choice, scene.content, scene.state.locale), choiceValue(choice), scene.surface);
}
