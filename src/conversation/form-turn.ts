import type { Content } from '../content/content.ts';
import type { RequestType } from '../content/dialogs-schema.ts';
import { holdsPhrase } from '../text/phrases.ts';
import { words } from '../text/words.ts';
import { asideFrom, otherWish, questionBeside, withForm } from './aside.ts';
import type { Controls } from './controls.ts';
import { addText, fillSlots, missingSlots, wholeScope } from './form.ts';
import { pointOf } from './point.ts';
import { readSlots } from './read-slots.ts';
import type { Reply } from './reply.ts';
import { cancelRequest, goOn, submit } from './request.ts';
import { type Answer, relationReader, requestType, type Scene, say, understand } from './scene.ts';
import type { OpenRequest } from './state.ts';
import { wordList } from './word-lists.ts';

/** Fewer words than this beside the slots tell no story. */
const STORY = 3;

/** Fewer words than this beside an address are no wish of their own. */
const WISH = 3;
const REACHED_BY = ['email', 'phone', 'relation'];

/** No more words than this, and a message of steering words is nothing else. */
const SHORT = 6;

/** Answers a message while a request is open: a confirmation, slots, a correction, an aside, or another wish. */
export function onForm(request: OpenRequest, scene: Scene): Answer {
  const { text, controls, content } = scene;
  const type = requestType(request.type, content);
  // A yes to "switch, or this one first?" is no yes to the summary.
  const isAsked = scene.state.choices.some(({ do: what }) => what === 'switch' || what === 'queue');
  if (controls.yes && isAsked) {
    return {
      kind: 'clarify',
      replies: [say('choice.out_of_range', {}, scene.state.choices)],
      state: { told: scene.state.told },
    };
  }
  if (request.stage === 'summary' && controls.yes) return submit(request, scene);
  // "klar" and "det räcker så" end the voluntary part; on the summary they say nothing new.
  const refused = [...request.skipped, ...controls.declined];
  const read = readSlots(text, content, {
    asksFor: request.asksFor,
    isBare: isBare(text, controls),
    relationOf: relationReader(scene, takes(type, 'relation') && request.slots.relation === undefined),
  });
  for (const slot of controls.declined) delete read.slots[slot];
  // How somebody knows the company is told in passing: by itself it makes no answer of a question or of another wish.
  const hasSlots = Object.keys(read.slots).some((slot) => slot !== 'relation');
  const scope = wholeScope(text, content);
  const decision = understand(pointOf(text, content).replace(/\S+@\S+/g, ' '), scene);
  const [top] = decision.meanings;

  // Steering words by themselves come first: "nej tack, inget mer" is no new wish.
  const isShort = words(text).length <= SHORT;
  const steered = hasSlots ? null : steer(request, refused, scene);
  if (steered && isShort) return steered;
  if (request.stage === 'summary' && controls.no && isShort && !hasSlots)
    return { kind: 'request', intent: request.type, replies: [say('summary.what_to_change')] };
  // "Lägg till att …" in a change that is open is about it, whatever it sounds like.
  const adds = request.amends !== null && holdsPhrase(text, wordList(content, 'amend_sent').phrases);
  const change = adds ? null : otherWish(decision, request, scene);
  if (change && !hasSlots) return change;
  // Another wish may come with the address that it is for; who gives a name fills in the form.
  const isOnlyContact = Object.keys(read.slots).every((slot) => REACHED_BY.includes(slot));
  if (change && isOnlyContact && !controls.correct && !request.amends && wishWords(text) >= WISH)
    return { ...change, state: { ...change.state, told: read.slots } };
  const tellsRelation = read.slots.relation !== undefined && !controls.question && top?.kind !== 'meta';
  if (hasSlots || tellsRelation || (scope && takes(type, 'data'))) {
    let filled = fillSlots(
      { ...request, skipped: controls.skipRest ? [...refused, 'rest'] : refused },
      type,
      read.slots,
    );
    if (scope && takes(type, 'data') && !filled.slots.data) filled = fillSlots(filled, type, { data: scope });
    const story = adds ? textSlot(filled, type, content) : null;
    if (story) filled = addText(filled, story, text);
    else if (!controls.correct) filled = keepStory(filled, type, text, content);
    const answer = goOn(filled, scene, changed(request, read.slots));
    return questionBeside(answer, scene);
  }
  if (read.refused.length > 0) return againAbout(request, read.refused[0] ?? 'email', scene);
  if (steered) return steered;
  const aside = asideFrom(decision, scene);
  if (aside) return withForm(aside, scene);
  const slot = textSlot(request, type, content);
  const isWish = top?.kind === 'request' && top.label === request.type && words(text).length < 4;
  if (slot && words(text).length > 0 && !controls.yes && !isWish) {
    const noted = addText(request, slot, text);
    const isWhole = noted.slots[slot]?.endsWith(text.slice(-20)) ?? false;
    return goOn(noted, scene, [say(isWhole ? 'request.noted' : 'request.full')]);
  }
  if (controls.yes || isWish) return goOn(request, scene);
  return notUnderstoodInForm(request, scene);
}

/** What the small words say to do with the form; null where they say nothing. */
function steer(request: OpenRequest, refused: string[], scene: Scene): Answer | null {
  const { controls, state, content } = scene;
  const type = requestType(request.type, content);
  if (controls.cancel && !controls.changeType) return cancelRequest(request, scene);
  if (controls.sameAsBefore && Object.keys(state.contact).length > 0)
    return goOn(fillSlots(request, type, state.contact), scene, [say('request.reused')]);
  // "nej" to "do you want to add anything?" means no; on the summary it means that something is wrong.
  const isOffered = request.stage === 'filling' && missingSlots(request, type).length === 0;
  if (controls.skipRest || (controls.no && isOffered && !controls.correct))
    return skipRest({ ...request, skipped: [...refused, 'rest'] }, scene);
  if (controls.declined.length > 0) return skipRest({ ...request, skipped: refused }, scene);
  if (!controls.skip) return null;
  return skipRest({ ...request, skipped: request.asksFor ? [...refused, request.asksFor] : refused }, scene);
}

function wishWords(text: string): number {
  return words(text.replace(/\S+@\S+|\+?\d[\d\s-]{4,}\d/g, ' ')).length;
}

// A bare answer is nothing but the value asked for: no question, no steering word.
function isBare(text: string, controls: Controls): boolean {
  return (
    !controls.question &&
    !controls.skip &&
    !controls.skipRest &&
    !controls.cancel &&
    !controls.yes &&
    !controls.sameAsBefore &&
    controls.declined.length === 0 &&
    words(text).length <= 6
  );
}

function takes(type: RequestType, slot: string): boolean {
  return type.required.includes(slot) || type.optional.includes(slot);
}

function changed(request: OpenRequest, slots: Record<string, string>): Reply[] {
  const again = Object.keys(slots).filter(
    (slot) => request.slots[slot] !== undefined && request.slots[slot] !== slots[slot],
  );
  return again.length > 0
    ? [say('request.changed', { slots: { all: again.map((slot) => ({ text: `slot.${slot}` })) } })]
    : [];
}

/**
 * What is to be corrected, or what has happened, is often told in the same breath as an address. The parts of the
 * message that only say who the person is are left out; a part with an address and a sentence around it stays, because
 * "min nya är …" is what the request is about.
 */
function keepStory(request: OpenRequest, type: RequestType, text: string, content: Content): OpenRequest {
  if (!type.story || !type.required.includes(type.story)) return request;
  const told = text.split(/(?<=[,;.!?\n])\s+/).filter((part) => {
    const { slots } = readSlots(part, content);
    return (
      Object.keys(slots).length === 0 ||
      (slots.email !== undefined && words(part.replace(/\S+@\S+/g, '')).length >= STORY)
    );
  });
  const story = told.join(' ').replace(/[,;]$/, '');
  return words(story.replace(/\S+@\S+/g, '')).length >= STORY ? addText(request, type.story, story) : request;
}

function textSlot(request: OpenRequest, type: RequestType, content: Content): string | null {
  const isText = (slot: string) => content.slots[slot] === 'text';
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
  const answer = goOn(request, scene, [
    say(
      missed >= 2 ? 'request.unclear_again' : 'request.unclear',
      {},
      missed >= 2
        ? [
            { do: 'say', intent: 'cancel' },
            { do: 'request', type: 'human_contact' },
          ]
        : [],
    ),
  ]);
  return { ...answer, state: { ...answer.state, missed } };
}
