import { amended } from '../tickets/amended.ts';
import { allowedNext } from '../tickets/life-cycle.ts';
import { changesBetween, withChanges } from '../tickets/slot-changes.ts';
import { contactOf, plainQuote } from './answer.ts';
import { draftTicket } from './draft-ticket.ts';
import { askNext, beginRequest } from './form.ts';
import type { Choice, Reply } from './reply.ts';
import { type Answer, relationReader, requestType, type Scene, say, title } from './scene.ts';
import type { OpenRequest, State } from './state.ts';
import { isConfirmedBy, statusReply, ticketOf } from './ticket-status.ts';

/** Opens a request with what the message itself gives, and asks for the rest. */
export function startRequest(id: string, text: string, confidence: number, scene: Scene): Answer {
  const { content, state } = scene;
  const type = requestType(id, content);
  const begun = beginRequest(keyFor(id, scene), type, text, state.contact, content, relationReader(scene));
  const reused = Object.keys(state.contact).some((slot) => begun.slots[slot] === state.contact[slot]);
  const opening: Reply[] = [
    say('request.started', { title: title(id), about: { text: `request.${id}.about` } }),
  ];
  if (begun.behalf) opening.push(say('request.behalf'), plainQuote('rights-5', content));
  if (reused) opening.push(say('request.reused'));
  return { ...goOn(begun, scene, opening), confidence };
}

/** Goes on with a request: asks for what is missing, or shows the summary. */
export function goOn(request: OpenRequest, scene: Scene, before: readonly Reply[] = []): Answer {
  const next = askNext(request, requestType(request.type, scene.content));
  return {
    kind: 'request',
    intent: request.type,
    replies: [...before, next.reply],
    state: { request: next.request, queue: scene.state.queue },
  };
}

/** Files the request that the person has said yes to, and begins the next one where one waits. */
export function submit(request: OpenRequest, scene: Scene, share = false): Answer {
  if (request.amends) return keepAmended(request.amends, request, scene);
  const { turn, state, content } = scene;
  const type = requestType(request.type, content);
  const drafted = draftTicket(request, type, turn, state.locale, scene.assistant);
  const { token, steps } = drafted;
  // The last things said, as far as the person has agreed to them being read.
  const ticket = { ...drafted.ticket, said: share ? [...state.recent] : [] };
  const [next, ...queue] = state.queue;
  const receipt: Reply[] = [
    { is: 'receipt', number: ticket.number, token, type: type.id, due: ticket.due, steps },
    say(`receipt.${type.deadline}`),
  ];
  if (type.promise) receipt.push(say('receipt.promise'), plainQuote(type.promise, content));
  const done: Partial<State> = {
    request: null,
    queue,
    contact: contactOf(request.slots),
    filed: [...new Set([...state.filed, ticket.number])],
  };
  const base: Answer = { kind: 'request', intent: type.id, replies: receipt, state: done, ticket };
  if (!next) return base;
  const onward = startRequest(next, '', 1, { ...scene, state: { ...state, ...done } });
  return { ...base, replies: [...receipt, ...onward.replies], state: { ...done, ...onward.state } };
}

// Another address, country or story in a request that was sent before.
function keepAmended(number: string, request: OpenRequest, scene: Scene): Answer {
  const ticket = ticketOf(number, scene.turn);
  const done: Partial<State> = { request: null, contact: contactOf(request.slots) };
  const [kind, intent] = ['meta', 'ticket_status'] as const;
  if (!ticket || allowedNext(ticket.status).length === 0)
    return { kind, intent, replies: [statusReply(number, scene), say('status.ended')], state: done };
  const changes = changesBetween(request.was, request.slots);
  const { due } = amended(ticket, withChanges(ticket.slots, changes), scene.content);
  const told = due
    ? say(isConfirmedBy(ticket, scene.content) ? 'amend.done_due_confirmation' : 'amend.done_due', {
        number,
        due: { day: due },
      })
    : say('amend.done', { number });
  return { kind, intent, replies: [told], state: done, change: { number, changes } };
}

/** Leaves the open request; nothing has been sent. */
export function cancelRequest(request: OpenRequest, scene: Scene): Answer {
  return {
    kind: 'meta',
    intent: 'cancel',
    replies: [
      request.amends
        ? say('withdraw.left', { number: request.amends })
        : say('cancel.done', { title: title(request.type) }),
    ],
    state: { request: null, queue: scene.state.queue },
  };
}

/** Asks whether another wish replaces the open request or comes after it. */
export function offerSwitch(id: string, confidence: number, scene: Scene): Answer {
  const request = scene.state.request;
  if (!request || request.type === id)
    return request ? goOn(request, scene) : startRequest(id, '', confidence, scene);
  const choices: Choice[] = [
    { do: 'switch', type: id },
    { do: 'queue', type: id },
    { do: 'keep', type: request.type },
  ];
  return {
    kind: 'request',
    intent: request.type,
    confidence,
    replies: [say('request.switch_or_queue', { title: title(id), current: title(request.type) }, choices)],
  };
}

/** The same confirmation, however often it comes, is about the same request. */
export function keyFor(type: string, { turn }: Scene): string {
  return `${turn.conversation}/${turn.id}/${type}`;
}
