import { words } from '../text/words.ts';
import { contactOf } from './answer.ts';
import { isFresh } from './follow-ticket.ts';
import { handOff, offerHuman } from './human.ts';
import { COMMON_REQUESTS } from './meta.ts';
import { readSlots } from './read-slots.ts';
import { type Answer, type Scene, say } from './scene.ts';

/** A yes or no to nothing, and contact details without a wish: there is nothing to understand, so ask. Null: there is. */
export function looseEnds(scene: Scene): Answer | null {
  const { controls, text, content, state } = scene;
  if (controls.yes && state.offersHuman)
    return scene.turn.canHandOff ? handOff(scene) : offerHuman('', 1, scene);
  const sent = state.filed.at(-1);
  const count = words(text).length;
  // A yes more comes right after the receipt; later it is a yes to nothing.
  if (controls.yes && sent && isFresh(sent, state))
    return { kind: 'clarify', replies: [say('yes.sent', { number: sent })] };
  const steersNothing = controls.skip || controls.skipRest || (controls.no && count <= 2);
  if (controls.yes || (steersNothing && !controls.cancel && count <= 4))
    return { kind: 'clarify', replies: [say('nothing_open')] };
  if (/^\s*\d\s*$/.test(text) && state.choices.length > 0)
    return {
      kind: 'clarify',
      replies: [say('choice.out_of_range', {}, state.choices)],
    };
  if (controls.question) return null;
  const { slots } = readSlots(text, content);
  const isContact = slots.email !== undefined || slots.phone !== undefined || slots.name !== undefined;
  const rest = Object.values(slots).reduce(
    (left, value) => left.replace(value, ' '),
    text.replace(/\S+@\S+|[+\d][\d\s-]{5,}/g, ' '),
  );
  if (!isContact || words(rest).length > 0) return null;
  return {
    kind: 'clarify',
    replies: [say('contact_only', {}, COMMON_REQUESTS)],
    state: { contact: { ...state.contact, ...contactOf(slots) } },
  };
}

/** Answers a message without words. */
export function onEmpty({ state }: Scene): Answer {
  if (state.request)
    return { kind: 'request', intent: state.request.type, replies: [say('empty.in_request')] };
  return { kind: 'meta', intent: 'help', replies: [say('empty')] };
}
