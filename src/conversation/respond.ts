import { languageOf } from '../text/language.ts';
import { words } from '../text/words.ts';
import type { Decision } from '../understanding/decide.ts';
import { withForm } from './aside.ts';
import type { Assistant } from './assistant.ts';
import { changedSince, quotedNow } from './changed-since.ts';
import { choiceValue, pressedChoice, typedChoice } from './choose.ts';
import { readControls } from './controls.ts';
import { followTicket } from './follow-ticket.ts';
import { onFormSent } from './form-sent.ts';
import { onForm } from './form-turn.ts';
import { gist } from './gist.ts';
import { lessonOf, maskForHandOff } from './lesson-of.ts';
import { looseEnds, onEmpty } from './loose-ends.ts';
import { onMeaning } from './meaning.ts';
import { onChoice } from './on-choice.ts';
import { ownWords } from './own-words.ts';
import { pointOf, withoutContact, withoutIntroduction } from './point.ts';
import type { Reply } from './reply.ts';
import { type Answer, type Scene, say, understand } from './scene.ts';
import { newState, type State } from './state.ts';
import type { Outcome, Turn } from './turn.ts';

/** Fewer words than this are no point of their own beside small talk. */
const SHORTEST_POINT = 3;
/** As many of the last things said are kept for a person who takes over. */
const RECENT = 12;
/** … and so many letters of each. */
const LONGEST_SAID = 300;

/**
 * Answers one turn. Pure: no clock, randomness, network, file or environment. What is to be done (a ticket) is
 * returned, not done; the caller saves the state before it sends anything.
 */
export function respond(turn: Turn, before: State | null, assistant: Assistant): Outcome {
  const { content } = assistant;
  const own = ownWords(turn.text, content);
  // A pressed button says nothing of the language.
  const state = withLocale(before, turn, pressedChoice(own.text, content) ? '' : own.text);
  const scene: Scene = {
    turn,
    own,
    text: own.text,
    controls: readControls(own.text, content),
    state,
    content,
    assistant,
  };
  const answer = answerTurn(scene);
  const changed = before ? changedSince(before, content) : [];
  const notices: Reply[] = [...changed];
  if (!before && answer.intent !== 'greeting' && answer.intent !== 'bot_identity')
    notices.push(say('notice.first'));
  if (own.masked) notices.push(say('notice.personal_number'));
  if (own.cut) notices.push(say('notice.long'));
  if (turn.isGroup && isPersonal(answer))
    return moved(answer, { ...(before ?? state), locale: state.locale });
  const replies = [...notices, ...answer.replies];
  const recent = [
    ...state.recent,
    ...(pressedChoice(own.text, content) || turn.form
      ? []
      : [{ by: 'person' as const, text: own.text.slice(0, LONGEST_SAID) }]),
    ...answer.replies.flatMap((reply) => gist(reply, content, state.locale)),
  ].slice(-RECENT);
  return {
    kind: answer.kind,
    intent: answer.intent ?? null,
    confidence: answer.confidence ?? 1,
    quotes: answer.quotes ?? [],
    state: {
      ...state,
      choices: replies.flatMap((reply) => ('choices' in reply && reply.choices ? reply.choices : [])),
      // A code takes a moment to arrive; meanwhile people ask something else.
      following: state.following?.awaits === 'code' ? state.following : null,
      told: {},
      missed: 0,
      offersHuman: false,
      recent,
      notice: content.notice.id,
      // What has just been told anew is looked after no longer.
      quoted: quotedNow(changed.length > 0 ? [] : state.quoted, answer.replies, content),
      ...answer.state,
    },
    replies,
    ticket: answer.ticket ?? null,
    change: answer.change ?? null,
    codeFor: answer.codeFor ?? null,
    lesson: lessonOf(answer, scene),
    handOff: answer.handsOff ? recent.map((said) => maskForHandOff(said, scene)) : null,
    toPersonal: null,
  };
}

// A request is filled with who somebody is, and a ticket is theirs: neither is anything for others to read.
function isPersonal({ kind, intent, state }: Answer): boolean {
  const tellsContact = Object.keys(state?.contact ?? {}).length > 0;
  return kind === 'request' || intent === 'ticket_status' || tellsContact;
}

// Nothing of it is kept in the group; the personal chat begins with the wish.
function moved(answer: Answer, state: State): Outcome {
  const { intent } = answer;
  const isWish = answer.kind === 'request' && intent;
  return {
    kind: answer.kind,
    intent: intent ?? null,
    confidence: answer.confidence ?? 1,
    quotes: [],
    state: { ...state, choices: [], missed: 0, offersHuman: false },
    replies: [say('group.personal')],
    ticket: null,
    change: null,
    codeFor: null,
    lesson: null,
    handOff: null,
    toPersonal: choiceValue(
      isWish ? { do: 'request', type: intent } : { do: 'say', intent: intent ?? 'help' },
    ),
  };
}

function withLocale(before: State | null, turn: Turn, text: string): State {
  if (!before) return newState(languageOf(text) ?? turn.locale ?? 'sv');
  // A single English word in a Swedish conversation does not change its language.
  return { ...before, locale: languageOf(text, 2) ?? before.locale };
}

function answerTurn(scene: Scene): Answer {
  const { text, state, content } = scene;
  if (scene.turn.form) return onFormSent(scene.turn.form, scene);
  if (!/[\p{L}\p{N}]/u.test(text) && !scene.controls.yes && text !== '-')
    return scene.own.pasted ? { kind: 'clarify', replies: [say('clarify.pasted')] } : onEmpty(scene);
  const pressed = pressedChoice(text, content);
  const chosen = pressed ?? typedChoice(text, state.choices, content, state.locale);
  if (chosen && (pressed || state.request?.stage !== 'filling' || chosen.do !== 'request'))
    return onChoice(chosen, scene);
  const followed = followTicket(scene);
  if (followed) return followed.state?.request ? followed : withForm(followed, scene);
  if (state.request) return onForm(state.request, scene);
  const decision = understand(wish(scene), scene);
  const [first] = decision.meanings;
  // "Nej tack, det var allt" steers nothing, but it means something.
  const isSmallTalk =
    first?.kind === 'meta' && first.probability >= content.decisions.conversation.other_wish;
  const isBareNo = scene.controls.no && !scene.controls.cancel && words(text).length <= 2;
  const loose = isSmallTalk && !isBareNo ? null : looseEnds(scene);
  const point = first?.kind === 'meta' ? pointBeside(scene) : null;
  return loose ?? onMeaning(point ?? decision, scene);
}

// "Sorry, my Swedish is bad. Who sees my CV?": where a part of small talk asks or wishes something, that is the point.
function pointBeside(scene: Scene): Decision | null {
  const parts = scene.text.split(/(?<=[.!?:;])\s+/).filter((part) => words(part).length >= SHORTEST_POINT);
  if (parts[0] === scene.text.trim()) return null;
  const points = parts
    .map((part) => understand(part, scene))
    .filter(({ do: done, meanings: [first] }) => {
      const isPoint = first?.kind === 'question' || first?.kind === 'request' || first?.kind === 'guidance';
      return done === 'take' && isPoint;
    });
  return points[0] ?? null;
}

// What the understanding reads: the point, with a word for a mail that was pasted.
function wish({ text, own, content, state }: Scene): string {
  const point = pointOf(withoutContact(withoutIntroduction(text, content), content), content);
  return own.pasted ? `${point} ${content.words[state.locale].pasted_mail}` : point;
}
