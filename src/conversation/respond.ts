import { languageOf } from '../text/language.ts';
import { words } from '../text/words.ts';
import type { Decision } from '../understanding/decide.ts';
import { contactOf } from './answer.ts';
import { withForm } from './aside.ts';
import type { Assistant } from './assistant.ts';
import { changedSince, quotedNow } from './changed-since.ts';
import { choiceValue, pressedChoice, typedChoice } from './choose.ts';
import { readControls } from './controls.ts';
import { about, followTicket, isFresh } from './follow-ticket.ts';
import { beginRequest, changeType, fillSlots } from './form.ts';
import { onFormSent } from './form-sent.ts';
import { onForm } from './form-turn.ts';
import { gist } from './gist.ts';
import { handOff, handOffFailed, offerHuman } from './human.ts';
import { BLANK, type Lesson, maskForReview } from './lesson.ts';
import { answerPassages, onIntent, onMeaning } from './meaning.ts';
import { COMMON_REQUESTS, onMeta } from './meta.ts';
import { ownWords } from './own-words.ts';
import { pointOf, withoutIntroduction } from './point.ts';
import { readSlots } from './read-slots.ts';
import type { Choice, Reply } from './reply.ts';
import { goOn, keyFor, offerSwitch, startRequest } from './request.ts';
import { type Answer, requestType, type Scene, say, title, understand } from './scene.ts';
import { newState, type Said, type State } from './state.ts';
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
      // What has just been told anew is known as it reads now.
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

// A name told in answer to "what is your name?" looks like any word: what has been taken down is blanked wherever it
// stands, and of what the person said only what many people say is left.
function maskForHandOff({ by, text }: Said, { state, content, assistant }: Scene): Said {
  const told = [
    ...Object.values(state.contact),
    ...Object.values(state.request?.slots ?? {}),
    ...state.filed,
  ];
  const blanked = told
    .filter((value) => value.length > 1)
    .reduce((left, value) => left.replaceAll(value, BLANK), text);
  return {
    by,
    text:
      by === 'assistant'
        ? blanked
        : maskForReview(blanked, content, (word) => assistant.understanding.isCommon(word)),
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

// What was not understood, and what was thought of an answer, teach whoever keeps the examples.
function lessonOf(answer: Answer, { state, text, own, content, assistant, turn }: Scene): Lesson | null {
  const mask = (said: string) =>
    maskForReview(said, content, (word) => assistant.understanding.isCommon(word));
  const { locale } = state;
  if (answer.rated) {
    const { passage, good } = answer.rated;
    const isAbout = passage !== null && state.asked?.passages[0] === passage;
    return {
      why: good ? 'good' : 'bad',
      locale,
      text: isAbout && state.asked ? mask(state.asked.text) : '',
      near: passage ? [passage] : [],
    };
  }
  const isDeclined = answer.kind === 'unanswerable' || answer.kind === 'out_of_scope';
  const isUnclear = answer.kind === 'clarify' && answer.quotes !== undefined;
  if (!(isDeclined || isUnclear) || turn.form || own.pasted || pressedChoice(text, content)) return null;
  return {
    why: isDeclined ? 'declined' : 'unclear',
    locale,
    text: mask(text),
    near: answer.near ?? answer.quotes ?? [],
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

// A yes or no to nothing, and contact details without a wish: there is nothing to understand, so ask.
function looseEnds(scene: Scene): Answer | null {
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

function onEmpty({ state }: Scene): Answer {
  if (state.request)
    return { kind: 'request', intent: state.request.type, replies: [say('empty.in_request')] };
  return { kind: 'meta', intent: 'help', replies: [say('empty')] };
}

function onChoice(choice: Choice, scene: Scene): Answer {
  const { state, content } = scene;
  switch (choice.do) {
    case 'ask':
      return withForm(answerPassages([choice.passage], 1, scene), scene);
    case 'say':
      if (!state.request || choice.intent === 'cancel') return onIntent(choice.intent, 1, scene);
      return content.requests.has(choice.intent)
        ? offerSwitch(choice.intent, 1, scene)
        : withForm(onIntent(choice.intent, 1, scene), scene);
    case 'handoff':
      return withForm(handOff(scene), scene);
    case 'unconnected':
      return state.request ? goOn(state.request, scene) : handOffFailed(scene);
    case 'message':
      return state.request
        ? offerSwitch('human_contact', 1, scene)
        : startRequest('human_contact', '', 1, scene);
    case 'rate': {
      const rating = onMeta(choice.good ? 'feedback_positive' : 'feedback_negative', 1, scene);
      return withForm({ ...rating, rated: { passage: choice.passage, good: choice.good } }, scene);
    }
    case 'amend':
    case 'withdraw': {
      const answer = about([choice.number], choice.do, scene);
      return answer.state?.request ? answer : withForm(answer, scene);
    }
    case 'none':
      return withForm({ kind: 'meta', intent: 'help', replies: [say('choice.none_taken')] }, scene);
    case 'request':
      if (state.request) return offerSwitch(choice.type, 1, scene);
      return choice.type === 'human_contact'
        ? offerHuman('', 1, scene)
        : startRequest(choice.type, '', 1, scene);
    case 'switch': {
      const type = requestType(choice.type, content);
      const request = state.request
        ? fillSlots(changeType(state.request, type), type, state.told)
        : beginRequest(keyFor(type.id, scene), type, '', state.contact, content);
      return goOn(request, scene, [say('request.switched', { title: title(type.id) })]);
    }
    case 'queue':
      return state.request
        ? goOn(state.request, { ...scene, state: { ...state, queue: queueWith(choice.type, state) } }, [
            say('request.queued', { title: title(choice.type) }),
          ])
        : startRequest(choice.type, '', 1, scene);
    case 'keep':
      return state.request
        ? goOn(state.request, scene, [say('request.kept')])
        : { kind: 'meta', intent: 'help', replies: [say('help')] };
  }
}

// A wish that waits already, or is being filled in, waits once.
function queueWith(type: string, { queue, request }: State): string[] {
  return queue.includes(type) || request?.type === type ? [...queue] : [...queue, type];
}

// What the understanding reads: the point, with a word for a mail that was pasted.
function wish({ text, own, content, state }: Scene): string {
  const point = pointOf(withoutIntroduction(text, content), content);
  return own.pasted ? `${point} ${content.words[state.locale].pasted_mail}` : point;
}
