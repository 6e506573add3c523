import { plainText } from '../conversation/plain-text.ts';
import { renderReply } from '../conversation/render.ts';
import type { Reply } from '../conversation/reply.ts';
import { answerCard } from './answer-card.ts';
import { actionSet, type Card, card, textBlock } from './card.ts';
import { type CardScene, choiceButton, words } from './card-scene.ts';
import { formCard } from './form-card.ts';
import { receiptCard } from './receipt-card.ts';
import { summaryCard } from './summary-card.ts';

/** A reply as an Adaptive Card, or null where plain words say it as well. */
export function renderCard(reply: Reply, scene: CardScene): Card | null {
  const { content, state, links } = scene;
  const spoken = plainText(renderReply(reply, content, state.locale, links));
  const { request } = state;
  switch (reply.is) {
    case 'text':
      if (reply.id === 'resume.summary' && request) return summaryCard(request, spoken, scene);
      return reply.choices && reply.choices.length > 0
        ? card(state.locale, spoken, [
            textBlock(words(reply.id, scene, { find: links.find(state.locale), ...reply.values })),
            actionSet(reply.choices.map((choice) => choiceButton(choice, scene))),
          ])
        : null;
    case 'quote':
      return answerCard(reply, spoken, scene);
    case 'ask':
      return request ? formCard(reply, request, spoken, scene) : null;
    case 'summary':
      return request ? summaryCard(request, spoken, scene) : null;
    case 'receipt':
      return receiptCard(reply, spoken, scene);
  }
}
