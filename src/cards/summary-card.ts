import { fingerprint } from '../conversation/form-sent.ts';
import { slotValue } from '../conversation/render.ts';
import type { OpenRequest } from '../conversation/state.ts';
import { changesBetween } from '../tickets/slot-changes.ts';
import { type Card, card, facts, submit, textBlock } from './card.ts';
import { type CardScene, slotLabel, words } from './card-scene.ts';
import { formActions, formFields } from './form-card.ts';

/** The summary before a request is sent: what it says, and buttons to send, change or leave it. */
export function summaryCard(request: OpenRequest, spoken: string, scene: CardScene): Card {
  const { content, state, surface } = scene;
  const rows = Object.keys(content.slots).flatMap((slot) => {
    const value = request.slots[slot];
    return value
      ? [{ title: slotLabel(slot, scene), value: plain(slotValue(slot, value, content, state.locale)) }]
      : [];
  });
  const title = { text: `request.${request.type}.title` };
  return card(
    state.locale,
    spoken,
    [
      textBlock(words('summary.lead', scene, { title }), { style: 'heading' }),
      facts(rows),
      textBlock(words(confirmOf(request), scene)),
      ...(request.amends
        ? []
        : [
            {
              type: 'Input.Toggle',
              id: 'share',
              title: words('card.share', scene),
              value: 'false',
              wrap: true,
            },
          ]),
    ],
    [
      submit(
        words(request.amends ? 'card.save' : 'card.send', scene),
        { verb: 'form', form: request.key, act: 'send', seen: fingerprint(request) },
        surface,
        {
          style: 'positive',
        },
      ),
      {
        type: 'Action.ShowCard',
        title: words('card.edit', scene),
        card: {
          type: 'AdaptiveCard',
          body: formFields(request, [], scene),
          actions: formActions(request, scene).slice(0, 1),
        },
      },
      submit(words('card.cancel', scene), { verb: 'form', form: request.key, act: 'cancel' }, surface, {
        associatedInputs: 'none',
      }),
    ],
  );
}

function confirmOf({ amends, behalf, slots, was }: OpenRequest): string {
  const isChanged = Object.keys(changesBetween(was, slots)).length > 0;
  if (amends) return isChanged ? 'card.confirm_amended' : 'card.confirm_amend';
  return behalf ? 'card.confirm_behalf' : 'card.confirm';
}

// What a person wrote is text, not formatting, and no link that somebody else might press.
function plain(text: string): string {
  return text.replace(/[\\[\]<>*_`#]/g, '\\$&').replace(/\n+/g, ' · ');
}
