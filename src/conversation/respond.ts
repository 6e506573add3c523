import type { Content } from '../content/content.ts';
import type { RequestType } from '../content/dialogs-schema.ts';
import { languageOf } from '../text/language.ts';
import { holdsPhrase } from '../text/phrases.ts';
import { type Locale, words } from '../text/words.ts';
import { type Decision, decide } from '../understanding/decide.ts';
import type { Meaning } from '../understanding/understand.ts';
import { contactOf, quoteReply } from './answer.ts';
import type { Assistant } from './assistant.ts';
import { pressedChoice, typedChoice } from './choose.ts';
import { type Controls, readControls } from './controls.ts';
import { draftTicket } from './draft-ticket.ts';
import { addText, askNext, beginRequest, changeType, fillSlots, missingSlots, wholeScope } from './form.ts';
import { type OwnWords, ownWords } from './own-words.ts';
import { readSlots } from './read-slots.ts';
import type { Choice, Reply, Value, Values } from './reply.ts';
import { newState, type OpenRequest, type State } from './state.ts';
import { answerStatus, statusReply } from './ticket-status.ts';
import type { Kind, Outcome, Turn } from './turn.ts';

/** What one turn comes to, before it is made an Outcome. */
interface Answer {
  kind: Kind;
  intent?: string | null;
  confidence?: number;
  quotes?: readonly string[];
  replies: readonly Reply[];
  /** Changes of the state; what is not named stays. */
  state?: Partial<State>;
  ticket?: Outcome['ticket'];
}

/** Everything a turn is answered from. */
interface Scene {
  turn: Turn;
  own: OwnWords;
  text: string;
  controls: Controls;
  state: State;
  content: Content;
  assistant: Assistant;
}

/**
 * Answers one turn. Pure: no clock, randomness, network, file or environment. What is to be done (a ticket) is
 * returned, not done; the caller saves the state before it sends anything.
 */
export function respond(turn: Turn, before: State | null, assistant: Assistant): Outcome {
  const { content } = assistant;
  const own = ownWords(turn.text, content);
  const state = withLocale(before, turn, own.text);
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
  const notices: Reply[] = [];
  if (!before && answer.intent !== 'greeting' && answer.intent !== 'bot_identity') notices.push(say('notice.first'));
  if (own.masked) notices.push(say('notice.personal_number'));
  if (own.cut) notices.push(say('notice.long'));
  const replies = [...notices, ...answer.replies];
  return {
    kind: answer.kind,
    intent: answer.intent ?? null,
    confidence: answer.confidence ?? 1,
    quotes: answer.quotes ?? [],
    state: {
      ...state,
      choices: replies.flatMap((reply) => ('choices' in reply && reply.choices ? reply.choices : [])),
      statusOf: null,
      missed: 0,
      ...answer.state,
    },
    replies,
    ticket: answer.ticket ?? null,
  };
}

function withLocale(before: State | null, turn: Turn, text: string): State {
  if (!before) return newState(languageOf(text) ?? turn.locale ?? 'sv');
  // A single English word in a Swedish conversation does not change its language.
  return { ...before, locale: languageOf(text, 2) ?? before.locale };
}

function answerTurn(scene: Scene): Answer {
  const { text, state, content } = scene;
  if (!/[\p{L}\p{N}\p{S}]/u.test(text) && text !== '-') return scene.own.pasted ? { kind: 'clarify', replies: [say('clarify.pasted')] } : onEmpty(scene);
  const pressed = pressedChoice(text, content);
  const chosen = pressed ?? typedChoice(text, state.choices, content, state.locale);
  if (chosen && (pressed || state.request?.stage !== 'filling' || chosen.do !== 'request')) return onChoice(chosen, scene);
  const status = answerStatus(scene.turn, text, state);
  if (status) return withForm({ kind: 'meta', intent: 'ticket_status', replies: status.replies, state: { statusOf: status.statusOf } }, scene);
  if (state.request) return onForm(state.request, scene);
  return onMeaning(understand(scene), scene);
}

function onEmpty({ state }: Scene): Answer {
  if (state.request) return { kind: 'request', intent: state.request.type, replies: [say('empty.in_request')] };
  return { kind: 'meta', intent: 'help', replies: [say('empty')] };
}

function onChoice(choice: Choice, scene: Scene): Answer {
  const { state, content } = scene;
  switch (choice.do) {
    case 'ask':
      return withForm(answerPassages([choice.passage], 1, scene), scene);
    case 'say':
      return state.request && choice.intent !== 'cancel' ? withForm(onMeta(choice.intent, 1, scene), scene) : onIntent(choice.intent, 1, scene);
    case 'none':
      return withForm({ kind: 'meta', intent: 'help', replies: [say('choice.none_taken')] }, scene);
    case 'request':
      return state.request ? offerSwitch(choice.type, 1, scene) : startRequest(choice.type, '', 1, scene);
    case 'switch': {
      const type = requestType(choice.type, content);
      const request = state.request ? changeType(state.request, type) : beginRequest(keyFor(type.id, scene), type, '', state.contact, content);
      return goOn(request, scene, [say('request.switched', { title: title(type.id) })]);
    }
    case 'queue':
      return state.request
        ? goOn(state.request, { ...scene, state: { ...state, queue: [...state.queue, choice.type] } }, [say('request.queued', { title: title(choice.type) })])
        : startRequest(choice.type, '', 1, scene);
    case 'keep':
      return state.request ? goOn(state.request, scene, [say('request.kept')]) : { kind: 'meta', intent: 'help', replies: [say('help')] };
  }
}

// --- meanings ---------------------------------------------------------------------------------------------------

function understand(scene: Scene): Decision {
  const { understanding } = scene.assistant;
  return decide(understanding.understand(scene.text, scene.state.locale, scene.state.asked));
}

function onMeaning(decision: Decision, scene: Scene): Answer {
  const [first] = decision.meanings;
  if (!first) return onEmpty(scene);
  if (decision.do === 'clarify') return clarify(decision, scene);
  if (first.kind === 'question') return answerPassages(passagesOf(decision.meanings), decision.confidence, scene);
  return onIntent(first.label, decision.confidence, scene, passagesOf(decision.meanings));
}

function onIntent(id: string, confidence: number, scene: Scene, near: readonly string[] = []): Answer {
  const intent = scene.content.intents.get(id);
  if (!intent) throw new RangeError(`no intent ${id}`);
  if (intent.kind === 'request') return startRequest(id, scene.text, confidence, scene);
  if (intent.kind === 'guidance') return { ...answerPassages(intent.passages, confidence, scene), kind: 'guidance', intent: id };
  if (intent.kind === 'meta') return onMeta(id, confidence, scene);
  return decline(intent.kind, confidence, near, scene);
}

function passagesOf(meanings: readonly Meaning[]): string[] {
  return meanings.filter((meaning) => meaning.kind === 'question').map((meaning) => meaning.label).slice(0, 3);
}

function answerPassages(passages: readonly string[], confidence: number, scene: Scene): Answer {
  const [first, ...others] = passages;
  if (!first) return onEmpty(scene);
  return {
    kind: 'question',
    confidence,
    quotes: passages,
    replies: [quoteReply(first, others, scene.content)],
    state: { asked: { text: scene.text, passages: [...passages] } },
  };
}

function clarify(decision: Decision, scene: Scene): Answer {
  const missed = scene.state.missed + 1;
  const choices: Choice[] = decision.meanings.slice(0, 3).map((meaning) =>
    meaning.kind === 'question'
      ? { do: 'ask', passage: meaning.label }
      : meaning.kind === 'request'
        ? { do: 'request', type: meaning.label }
        : { do: 'say', intent: meaning.label },
  );
  if (missed >= 2) choices.splice(2, 1, { do: 'request', type: 'human_contact' });
  return {
    kind: 'clarify',
    confidence: decision.confidence,
    quotes: passagesOf(decision.meanings),
    replies: [say(missed >= 2 ? 'clarify.again' : 'clarify', {}, choices)],
    state: { missed },
  };
}

function decline(kind: 'unanswerable' | 'out_of_scope', confidence: number, near: readonly string[], scene: Scene): Answer {
  const missed = scene.state.missed + 1;
  const human: Choice = { do: 'request', type: 'human_contact' };
  if (kind === 'out_of_scope') {
    return { kind, intent: null, confidence, replies: [say(missed >= 2 ? 'out_of_scope.again' : 'out_of_scope', {}, missed >= 2 ? [human] : [{ do: 'say', intent: 'help' }])], state: { missed } };
  }
  const nearest: Choice[] = near.slice(0, 2).map((passage) => ({ do: 'ask', passage }));
  return { kind, intent: null, confidence, replies: [say('unanswerable', {}, [human, ...nearest])], state: { missed } };
}

// --- meta -------------------------------------------------------------------------------------------------------

function onMeta(id: string, confidence: number, scene: Scene): Answer {
  const { state, content, text } = scene;
  const meta = (replies: readonly Reply[], change: Partial<State> = {}): Answer => ({ kind: 'meta', intent: id, confidence, replies, state: change });
  switch (id) {
    case 'help':
    case 'greeting':
      return meta([say(id, {}, [{ do: 'request', type: 'access' }, { do: 'request', type: 'marketing_opt_out' }, { do: 'request', type: 'erasure' }])]);
    case 'change_language': {
      const locale = languageAsked(text, content) ?? (state.locale === 'sv' ? 'en' : 'sv');
      return meta([say('change_language')], { locale });
    }
    case 'cancel':
      return meta([say('cancel.nothing')]);
    case 'ticket_status':
      return meta(
        state.filed.length > 0 ? state.filed.map((number) => statusReply(scene.turn, number)) : [say('status.which')],
      );
    case 'forget_conversation':
      return meta([say('forgotten')], newState(state.locale));
    case 'repeat': {
      const [passage, ...others] = state.asked?.passages ?? [];
      return passage ? meta([quoteReply(passage, others, content)]) : meta([say('repeat.nothing')]);
    }
    case 'feedback_negative': {
      const others: Choice[] = (state.asked?.passages ?? []).slice(1).map((passage) => ({ do: 'ask', passage }));
      return meta([say('feedback_negative', {}, [...others, { do: 'request', type: 'human_contact' }])]);
    }
    default:
      return meta([say(id)]);
  }
}

function languageAsked(text: string, content: Content): Locale | null {
  const names = (locale: Locale) => [...content.words.sv.languages[locale], ...content.words.en.languages[locale]];
  if (holdsPhrase(text, names('en'))) return 'en';
  return holdsPhrase(text, names('sv')) ? 'sv' : null;
}

// --- requests ---------------------------------------------------------------------------------------------------

function startRequest(id: string, text: string, confidence: number, scene: Scene): Answer {
  const { content, state } = scene;
  const type = requestType(id, content);
  const begun = beginRequest(keyFor(id, scene), type, text, state.contact, content);
  const reused = Object.keys(state.contact).some((slot) => begun.slots[slot] === state.contact[slot]);
  const opening: Reply[] = [say('request.started', { title: title(id), about: { text: `request.${id}.about` } })];
  if (begun.behalf) opening.push(say('request.behalf'), quoteReply('rights-5', [], content));
  if (reused) opening.push(say('request.reused'));
  return { ...goOn(begun, scene, opening), confidence };
}

/** Goes on with a request: asks for what is missing, or shows the summary. */
function goOn(request: OpenRequest, scene: Scene, before: readonly Reply[] = []): Answer {
  const next = askNext(request, requestType(request.type, scene.content));
  return {
    kind: 'request',
    intent: request.type,
    replies: [...before, next.reply],
    state: { request: next.request, queue: scene.state.queue },
  };
}

function onForm(request: OpenRequest, scene: Scene): Answer {
  const { text, controls, content, state } = scene;
  const type = requestType(request.type, content);
  if (request.stage === 'summary' && controls.yes) return submit(request, scene);
  // "klar" and "det räcker så" end the voluntary part; on the summary they say nothing new.
  const refused = [...request.skipped, ...controls.declined];
  const read = readSlots(text, content, request.asksFor, isBare(text, controls));
  for (const slot of controls.declined) delete read.slots[slot];
  const hasSlots = Object.keys(read.slots).length > 0;
  const scope = wholeScope(text, content);
  const decision = understand({ ...scene, text: text.replace(/\S+@\S+/g, ' ') });
  const top = decision.meanings[0];

  const change = typeChange(decision, request, scene);
  if (change && !hasSlots) return change;
  if (controls.cancel && !hasSlots && !controls.changeType) return cancelRequest(request, scene);
  if (hasSlots || (scope && takes(type, 'data'))) {
    let filled = fillSlots({ ...request, skipped: controls.skipRest ? [...refused, 'rest'] : refused }, type, read.slots);
    if (scope && takes(type, 'data') && !filled.slots.data) filled = fillSlots(filled, type, { data: scope });
    filled = keepStory(filled, type, text, read.slots);
    const answer = goOn(filled, scene, changed(request, read.slots));
    return questionBeside(answer, scene);
  }
  if (read.refused.length > 0) return againAbout(request, read.refused[0] ?? 'email', scene);
  if (controls.sameAsBefore && Object.keys(state.contact).length > 0) return goOn(fillSlots(request, type, state.contact), scene, [say('request.reused')]);
  if (controls.skipRest) return skipRest({ ...request, skipped: [...refused, 'rest'] }, scene);
  if (controls.declined.length > 0) return skipRest({ ...request, skipped: refused }, scene);
  if (controls.skip) return skipRest({ ...request, skipped: request.asksFor ? [...refused, request.asksFor] : refused }, scene);
  const aside = asideFrom(decision, scene);
  if (aside) return withForm(aside, scene);
  if (request.stage === 'summary' && controls.no) return { kind: 'request', intent: request.type, replies: [say('summary.what_to_change')] };
  const slot = textSlot(request, type);
  const isWish = top?.kind === 'request' && top.label === request.type && words(text).length < 4;
  if (slot && words(text).length > 0 && !controls.yes && !isWish) return goOn(addText(request, slot, text), scene, [say('request.noted')]);
  if (controls.yes || isWish) return goOn(request, scene);
  return notUnderstoodInForm(request, scene);
}

// A bare answer is nothing but the value asked for: no question, no steering word.
function isBare(text: string, controls: Controls): boolean {
  return !controls.question && !controls.skip && !controls.skipRest && !controls.cancel && !controls.yes && !controls.sameAsBefore && controls.declined.length === 0 && words(text).length <= 6;
}

function takes(type: RequestType, slot: string): boolean {
  return type.required.includes(slot) || type.optional.includes(slot);
}

function changed(request: OpenRequest, slots: Record<string, string>): Reply[] {
  const again = Object.keys(slots).filter((slot) => request.slots[slot] !== undefined && request.slots[slot] !== slots[slot]);
  return again.length > 0 ? [say('request.changed', { slots: { all: again.map((slot) => ({ text: `slot.${slot}` })) } })] : [];
}

// A required story ("what is wrong, and what should it say?") is often told in the same breath as an address.
function keepStory(request: OpenRequest, type: RequestType, text: string, slots: Record<string, string>): OpenRequest {
  const rest = Object.values(slots).reduce((left, value) => left.replace(value, ' '), text);
  const tells = type.story && takes(type, type.story) && missingSlots(request, type).includes(type.story) && words(rest).length >= 6;
  return tells && type.story ? addText(request, type.story, text) : request;
}

function textSlot(request: OpenRequest, type: RequestType): string | null {
  const isText = (slot: string) => !['name', 'email', 'phone', 'country', 'relation', 'brand'].includes(slot);
  if (request.asksFor && isText(request.asksFor)) return request.asksFor;
  const missing = missingSlots(request, type);
  if (missing.some((slot) => !isText(slot))) return null;
  return type.story ?? [...missing, ...type.optional].find(isText) ?? null;
}

function skipRest(request: OpenRequest, scene: Scene): Answer {
  const missing = missingSlots(request, requestType(request.type, scene.content));
  return goOn(request, scene, missing.length > 0 ? [say('request.still_needed')] : []);
}

function againAbout(request: OpenRequest, slot: string, scene: Scene): Answer {
  return {
    kind: 'request',
    intent: request.type,
    replies: [say(`invalid.${slot}`)],
    state: { request: { ...request, asksFor: slot, stage: 'filling' }, queue: scene.state.queue },
  };
}

function notUnderstoodInForm(request: OpenRequest, scene: Scene): Answer {
  const missed = scene.state.missed + 1;
  const answer = goOn(request, scene, [say(missed >= 2 ? 'request.unclear_again' : 'request.unclear', {}, missed >= 2 ? [{ do: 'say', intent: 'cancel' }, { do: 'request', type: 'human_contact' }] : [])]);
  return { ...answer, state: { ...answer.state, missed } };
}

function cancelRequest(request: OpenRequest, scene: Scene): Answer {
  return {
    kind: 'meta',
    intent: 'cancel',
    replies: [say('cancel.done', { title: title(request.type) })],
    state: { request: null, queue: scene.state.queue },
  };
}

function submit(request: OpenRequest, scene: Scene): Answer {
  const { turn, state, content } = scene;
  const type = requestType(request.type, content);
  const { ticket, token, steps } = draftTicket(request, type, turn, state.locale, scene.assistant.mint);
  const [next, ...queue] = state.queue;
  const receipt: Reply[] = [
    { is: 'receipt', number: ticket.number, token, type: type.id, due: ticket.due, steps },
    say(`receipt.${type.deadline}`),
  ];
  if (type.promise) receipt.push(say('receipt.promise'), quoteReply(type.promise, [], content));
  const done: State = { ...state, request: null, queue, contact: contactOf(request.slots), filed: [...state.filed, ticket.number] };
  const base: Answer = { kind: 'request', intent: type.id, replies: receipt, state: { ...done }, ticket };
  if (!next) return base;
  const onward = startRequest(next, '', 1, { ...scene, state: done });
  return { ...base, replies: [...receipt, ...onward.replies], state: { ...done, ...onward.state } };
}

// --- a question, or another wish, in the middle of a request ------------------------------------------------------

// Another type is changed to at once where the person says so ("hellre", "jag vill inte bli raderad, bara …");
// otherwise they are asked, because a request must never turn into another unnoticed.
function typeChange(decision: Decision, request: OpenRequest, scene: Scene): Answer | null {
  const top = decision.meanings[0];
  if (!top || top.kind !== 'request' || top.label === request.type || top.probability < 0.5) return null;
  if (scene.controls.question || words(scene.text).length < 3) return null;
  if (top.label === 'rectification' && scene.controls.correct && words(scene.text).length < 8) return null;
  if (!scene.controls.changeType) return offerSwitch(top.label, top.probability, scene);
  const type = requestType(top.label, scene.content);
  return goOn(changeType(request, type), scene, [say('request.switched', { title: title(type.id) })]);
}

function offerSwitch(id: string, confidence: number, scene: Scene): Answer {
  const request = scene.state.request;
  if (!request || request.type === id) return request ? goOn(request, scene) : startRequest(id, '', confidence, scene);
  const choices: Choice[] = [
    { do: 'switch', type: id },
    { do: 'queue', type: id },
    { do: 'keep', type: request.type },
  ];
  return { kind: 'request', intent: request.type, confidence, replies: [say('request.switch_or_queue', { title: title(id), current: title(request.type) }, choices)] };
}

/** What a message in the middle of a form is about, where it is not about the form. */
function asideFrom(decision: Decision, scene: Scene): Answer | null {
  const top = decision.meanings[0];
  if (!top) return null;
  const follows = [scene.content.words.sv, scene.content.words.en].some((list) => list.follow_up.some((phrase) => words(scene.text)[0] === phrase));
  if (scene.controls.question || (follows && scene.state.asked)) {
    if (top.kind === 'request') return null;
    return decision.do === 'clarify' ? clarify(decision, scene) : onMeaning(decision, scene);
  }
  if (top.kind === 'meta' && top.label !== 'cancel' && top.probability > 0.5) return onMeta(top.label, decision.confidence, scene);
  if (top.kind === 'meta' && top.label === 'cancel' && top.probability > 0.7 && scene.state.request) return cancelRequest(scene.state.request, scene);
  return null;
}

// Slots and a question in one message: the slots are taken, then the question is answered.
function questionBeside(answer: Answer, scene: Scene): Answer {
  const question = scene.text
    .split(/(?<=[.!?])\s+/)
    .find((part) => part.trim().endsWith('?') && words(part).length >= 3 && !/@/.test(part));
  if (!question || question.trim() === scene.text.trim()) return answer;
  const decision = understand({ ...scene, text: question });
  if (decision.meanings[0]?.kind !== 'question' || decision.do === 'clarify') return answer;
  const aside = answerPassages(passagesOf(decision.meanings), decision.confidence, { ...scene, text: question });
  return { ...answer, quotes: aside.quotes ?? [], replies: [...aside.replies, ...answer.replies], state: { ...aside.state, ...answer.state } };
}

/** After an aside the open request is taken up again where it was. */
function withForm(aside: Answer, scene: Scene): Answer {
  const request = aside.state && 'request' in aside.state ? aside.state.request : scene.state.request;
  if (!request) return aside;
  const back: Reply =
    request.stage === 'summary'
      ? say('resume.summary', { title: title(request.type) })
      : { is: 'ask', slot: request.skipped.includes('rest') && request.asksFor !== null && missingSlots(request, requestType(request.type, scene.content)).length === 0 ? 'optional_again' : (request.asksFor ?? 'name'), type: request.type, others: [] };
  return { ...aside, replies: [...aside.replies, say('resume', { title: title(request.type) }), back] };
}

// --- small things -----------------------------------------------------------------------------------------------

function say(id: string, values: Values = {}, choices: readonly Choice[] = []): Reply {
  return { is: 'text', id, ...(Object.keys(values).length > 0 ? { values } : {}), ...(choices.length > 0 ? { choices } : {}) };
}

function title(type: string): Value {
  return { text: `request.${type}.title` };
}

function keyFor(type: string, { turn }: Scene): string {
  return `${turn.conversation}/${turn.id}/${type}`;
}

function requestType(id: string, content: Content): RequestType {
  const type = content.requests.get(id);
  if (!type) throw new RangeError(`no request type ${id}`);
  return type;
}
