import { words } from '../text/words.ts';
import type { Decision } from '../understanding/decide.ts';
import { changeType, missingSlots } from './form.ts';
import { answerPassages, onMeaning, passagesOf } from './meaning.ts';
import { onMeta } from './meta.ts';
import type { Reply } from './reply.ts';
import { cancelRequest, goOn, offerSwitch } from './request.ts';
import { type Answer, requestType, type Scene, say, title, understand } from './scene.ts';
import type { OpenRequest } from './state.ts';

/**
 * The message as a wish for something else than the open request, or null. The type is changed at once where the
 * person says so ("hellre", "inte bli raderad, bara …"); otherwise they are asked, because a request must never turn
 * into another unnoticed.
 */
export function otherWish(decision: Decision, request: OpenRequest, scene: Scene): Answer | null {
  const { controls, text, content } = scene;
  const count = words(text).length;
  if (controls.question || count < 3) return null;
  const [top] = decision.meanings;
  const other = decision.meanings.find(({ kind, label }) => kind === 'request' && label !== request.type);
  const says =
    controls.changeType &&
    other !== undefined &&
    other.probability > content.decisions.conversation.hinted_wish;
  if (says && count >= 4 && !(other.label === 'rectification' && controls.correct)) {
    const type = requestType(other.label, content);
    return goOn(changeType(request, type), scene, [say('request.switched', { title: title(type.id) })]);
  }
  if (
    top?.kind !== 'request' ||
    top.label === request.type ||
    top.probability < content.decisions.conversation.other_wish
  )
    return null;
  // "fel, det ska vara …" corrects the form, not the company's records.
  if (top.label === 'rectification' && controls.correct && count < 8) return null;
  return offerSwitch(top.label, top.probability, scene);
}

/** What a message in the middle of a form is about, where it is not about the form; null where it is. */
export function asideFrom(decision: Decision, scene: Scene): Answer | null {
  const { content, controls, state, text } = scene;
  const [top] = decision.meanings;
  if (!top) return null;
  const [first = ''] = words(text);
  const follows = [content.words.sv, content.words.en].some((list) => list.follow_up.includes(first));
  if (controls.question || (follows && state.asked)) return onMeaning(asQuestion(decision), scene);
  if (top.kind !== 'meta' || top.probability < content.decisions.conversation.other_wish) return null;
  return top.label === 'cancel' && state.request
    ? cancelRequest(state.request, scene)
    : onMeta(top.label, decision.confidence, scene);
}

// A question asked while a form is open is about the notice, or about nothing we know: not a wish, not small talk.
function asQuestion(decision: Decision): Decision {
  const meanings = decision.meanings.filter(({ kind }) => kind !== 'request' && kind !== 'meta');
  const likely = (kinds: readonly string[]) =>
    meanings.reduce((sum, { kind, probability }) => sum + (kinds.includes(kind) ? probability : 0), 0);
  const answers = meanings.filter(({ kind }) => kind === 'question' || kind === 'guidance');
  const isAnswered = likely(['question', 'guidance']) > likely(['unanswerable', 'out_of_scope']);
  return { ...decision, do: 'take', meanings: isAnswered ? answers : meanings };
}

/** Slots and a question in one message: the slots have been taken, now the question is answered too. */
export function questionBeside(answer: Answer, scene: Scene): Answer {
  const question = scene.text
    .split(/(?<=[.!?])\s+/)
    .find((part) => part.trim().endsWith('?') && words(part).length >= 3 && !/@/.test(part));
  if (!question || question.trim() === scene.text.trim()) return answer;
  const decision = understand(question, scene);
  if (decision.meanings[0]?.kind !== 'question' || decision.do === 'clarify') return answer;
  const aside = answerPassages(passagesOf(decision.meanings), decision.confidence, {
    ...scene,
    text: question,
  });
  return {
    ...answer,
    quotes: aside.quotes ?? [],
    replies: [...aside.replies, ...answer.replies],
    state: { ...aside.state, ...answer.state },
  };
}

/** After an aside the open request is taken up again where it was. */
export function withForm(aside: Answer, scene: Scene): Answer {
  const request = aside.state && 'request' in aside.state ? aside.state.request : scene.state.request;
  if (!request) return aside;
  const back: Reply =
    request.stage === 'summary'
      ? say('resume.summary', { title: title(request.type) })
      : {
          is: 'ask',
          slot:
            request.skipped.includes('rest') &&
            request.asksFor !== null &&
            missingSlots(request, requestType(request.type, scene.content)).length === 0
              ? 'optional_again'
              : (request.asksFor ?? 'name'),
          type: request.type,
          others: [],
        };
  return { ...aside, replies: [...aside.replies, say('resume', { title: title(request.type) }), back] };
}
