import { holdsPhrase } from '../text/phrases.ts';
import { words } from '../text/words.ts';
import { allowedNext } from '../tickets/life-cycle.ts';
import { addressHash } from '../tickets/owners.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { holdsBrokenNumber, ticketNumbersIn, withoutTicketNumbers } from '../tickets/ticket-number.ts';
import { withForm } from './aside.ts';
import { fillSlots } from './form.ts';
import { readSlots } from './read-slots.ts';
import type { Choice, Reply } from './reply.ts';
import { goOn, keyFor } from './request.ts';
import { type Answer, requestType, type Scene, say, title } from './scene.ts';
import type { Following, OpenRequest, State } from './state.ts';
import { statusReply, ticketOf } from './ticket-status.ts';
import { wordList } from './word-lists.ts';

/** Longer messages than this tell something else. */
const SHORT = 9;
/** … and a word of taking back among more than these is about something else. */
const UNDO = 3;

/** The numbers of the tickets that a turn needs to be answered: those it names, and those known here. */
export function ticketsWanted(text: string, state: State | null): string[] {
  const pending = state?.following ? [state.following.number] : [];
  const amends = state?.request?.amends ? [state.request.amends] : [];
  const known = [...(state?.filed ?? []), ...Object.keys(state?.proved ?? {})];
  return [...new Set([...ticketNumbersIn(text), ...pending, ...amends, ...known.reverse()])];
}

/** The code that a text gives, as it was sent by mail: six digits, maybe in two groups. Null: there is none. */
export function codeIn(text: string): string | null {
  const found = /(?<!\d|\d[\s-]|\+)(\d{3})[\s-]?(\d{3})(?![\s-]?\d)/.exec(withoutTicketNumbers(text));
  return found?.slice(1).join('') ?? null;
}

/**
 * Answers what is said about a request that has been sent, or null where nothing is. One of this conversation, or whose
 * code has been told here, is shown, taken back and changed; for another the address is asked, and a code sent to it. A
 * wrong number and a wrong address are answered like right ones.
 */
export function followTicket(scene: Scene): Answer | null {
  const { text, state } = scene;
  const numbers = ticketNumbersIn(text);
  const { following } = state;
  if (numbers.length > 0) return named(numbers, scene);
  if (holdsBrokenNumber(text) && ownWordsOf(text) <= UNDO + 1)
    return meta([say('status.number_wrong')], following);
  if (following) return goOnFollowing(following, scene);
  if (ownWordsOf(text) > SHORT) return null;
  return state.request ? besideForm(state.request, scene) : unnamed(scene);
}

// Named once more, with the address or the code that was awaited, it is wanted for what it was wanted for.
function named(numbers: readonly string[], scene: Scene): Answer {
  const { following } = scene.state;
  const wants = wantedIn(scene);
  if (!following || numbers.length > 1 || numbers[0] !== following.number)
    return about(numbers, wants, scene);
  const again = { ...following, wants: wants === 'status' ? following.wants : wants };
  return scene.turn.proof
    ? (goOnFollowing(again, scene) ?? about(numbers, again.wants, scene))
    : about(numbers, again.wants, scene);
}

// "Mitt ärende", "hur går det?", "ångra!": which one, the conversation knows, or the person is asked.
function unnamed(scene: Scene): Answer | null {
  const { text, state, controls } = scene;
  const known = [...new Set([...state.filed, ...Object.keys(state.proved)])];
  const last = known.at(-1);
  const wants = wantedIn(scene);
  if (wants !== 'status' && holds('sent_request', scene))
    return last ? about([last], wants, scene) : meta([say('status.which')]);
  if (holds('lost_number', scene))
    return meta([say('status.number_lost', {}, [{ do: 'request', type: 'human_contact' }])]);
  if (!last) return null;
  if (holds('status_asked', scene)) return about(known, 'status', scene);
  if (!isFresh(last, state)) return null;
  // "Ångra!" right after the receipt takes back what was sent; later it is about nothing.
  if (controls.cancel || (wants === 'withdraw' && ownWordsOf(text) <= UNDO))
    return about([last], 'withdraw', scene);
  // "Fel mejl, ska vara …" right after the receipt is about what was sent, or about what the company has.
  const isAbout = wants === 'amend' || controls.correct;
  const { slots } = readSlots(text, scene.content);
  if (!isAbout || !(slots.email ?? slots.phone ?? slots.name)) return null;
  return meta([
    say('amend.or_rectify', { number: last }, [
      { do: 'amend', number: last },
      { do: 'request', type: 'rectification' },
    ]),
  ]);
}

// What is not sent yet is changed and asked about otherwise than what is; a change that is open is of what is sent.
function besideForm(request: OpenRequest, scene: Scene): Answer | null {
  const { text, state } = scene;
  const wants = wantedIn(scene);
  const isNamed = holds('sent_request', scene);
  if (request.amends && wants === 'withdraw' && isNamed) {
    const answer = about([request.amends], 'withdraw', scene);
    return { ...answer, state: { ...answer.state, request: null } };
  }
  // The code once more, once it has been taken, is no telephone number.
  const isCode = codeIn(text) !== null && (holds('code_word', scene) || ownWordsOf(text) === 0);
  if (request.amends && state.proved[request.amends] && isCode) return goOn(request, scene);
  if (!request.amends && wants === 'amend' && isNamed && request.stage === 'summary')
    return { kind: 'request', intent: request.type, replies: [say('summary.what_to_change')] };
  return !request.amends && holds('status_asked', scene) ? meta([say('request.not_sent')]) : null;
}

// Addresses and numbers make a short message no longer.
function ownWordsOf(text: string): number {
  return text.split(/\s+/).filter((word) => /\p{L}/u.test(word) && !/[\d@]/.test(word)).length;
}

/** What somebody wants with tickets by their numbers. */
export function about(numbers: readonly string[], wants: Following['wants'], scene: Scene): Answer {
  const { text } = scene;
  const own = numbers.filter((number) => isTheirs(number, scene));
  const [first, ...others] = own;
  if (!first) {
    const [number = ''] = numbers;
    const address = addressIn(text);
    return address
      ? sendCode({ number, wants }, address, scene)
      : meta([say('status.needs_email')], { number, wants, awaits: 'email', ticketId: null });
  }
  if (wants === 'status') {
    const choices = others.length === 0 ? changesOf(first, scene) : [];
    return meta(own.map((number) => statusReply(number, scene, choices)));
  }
  const ticket = ticketOf(first, scene.turn);
  if (!ticket) return meta([statusReply(first, scene)]);
  if (allowedNext(ticket.status).length === 0) return meta([statusReply(first, scene), say('status.ended')]);
  if (wants === 'amend') return openAmend(ticket, scene);
  const ask = say('withdraw.ask', { number: first, title: title(ticket.type) });
  return meta([ask], { number: first, wants, awaits: 'yes', ticketId: null });
}

/** Whether a number was the last thing said: then "yes" and "undo" are about it. */
export function isFresh(number: string, state: State): boolean {
  const lastSaid = state.recent.findLastIndex(({ by }) => by === 'person');
  return state.recent.slice(lastSaid + 1).some(({ text }) => text.includes(number));
}

function goOnFollowing(following: Following, scene: Scene): Answer | null {
  const { text, controls, turn } = scene;
  const { number, wants, awaits } = following;
  const isLeft = controls.cancel || (controls.no && words(text).length <= 4);
  if (awaits === 'yes') {
    if (controls.yes)
      return { ...meta([say('withdraw.done', { number })]), change: { number, changes: null } };
    return isLeft ? meta([say('withdraw.left', { number })]) : null;
  }
  if (awaits === 'email') {
    const address = addressIn(text);
    if (address) return sendCode({ number, wants }, address, scene);
    if (holds('no_address', scene) || readSlots(text, scene.content).slots.phone)
      return meta([say('follow.no_email', {}, [{ do: 'request', type: 'human_contact' }])]);
    return isLeft ? meta([say('follow.left')]) : null;
  }
  if (turn.proof === 'confirmed') {
    const ticket = ticketOf(number, turn);
    const proved = { ...scene.state.proved, ...(ticket && { [number]: addressHash(ticket) }) };
    const answer = about([number], wants, { ...scene, state: { ...scene.state, proved } });
    return { ...answer, state: { following: null, ...answer.state, proved } };
  }
  if (turn.proof) return meta([say('follow.code_wrong')], following);
  if (holds('new_code', scene))
    return { ...meta([say('follow.code_sent')], following), codeFor: following.ticketId };
  if (isLeft) return meta([say('follow.left')]);
  // "12345", "det är rätt kod ju": it is about the code, and there is none in it.
  const isAboutCode = /^\D{0,20}\d[\d\s-]{1,8}\D{0,5}$/.test(text) || holds('code_word', scene);
  return isAboutCode && ownWordsOf(text) <= SHORT ? meta([say('follow.code_shape')], following) : null;
}

// Whether number and address belong together is told in the mailbox alone.
function sendCode(
  { number, wants }: Pick<Following, 'number' | 'wants'>,
  address: string,
  { turn }: Scene,
): Answer {
  const ticket = ticketOf(number, turn);
  const ticketId = ticket && ticket.slots.email?.toLowerCase() === address ? ticket.id : null;
  const following = { number, wants, awaits: 'code' as const, ticketId };
  return { ...meta([say('follow.code_sent')], following), codeFor: ticketId };
}

// The request's form is opened once more with what it holds; what is said yes to then is kept.
function openAmend({ number, type, slots }: Ticket, scene: Scene): Answer {
  const { request } = scene.state;
  if (request?.amends === number) return goOn(request, scene);
  if (request) return withForm(meta([say('amend.busy', { number, current: title(request.type) })]), scene);
  const opened: OpenRequest = {
    key: keyFor(type, scene),
    type,
    slots: { ...slots },
    asksFor: null,
    stage: 'summary',
    skipped: ['rest'],
    behalf: false,
    amends: number,
    was: { ...slots },
  };
  // "Ändra telefonnumret i ärendet till 070 …" says at once what is to be changed.
  // A code that was told with it is no telephone number.
  const told = scene.turn.proof ? {} : readSlots(withoutTicketNumbers(scene.text), scene.content).slots;
  const filled = fillSlots(opened, requestType(type, scene.content), told);
  return goOn(filled, scene, [say('amend.lead', { number })]);
}

function changesOf(number: string, { turn }: Scene): Choice[] {
  const ticket = ticketOf(number, turn);
  return ticket && allowedNext(ticket.status).length > 0
    ? [
        { do: 'amend', number },
        { do: 'withdraw', number },
      ]
    : [];
}

function isTheirs(number: string, { state, turn }: Scene): boolean {
  if (state.filed.includes(number)) return true;
  const ticket = ticketOf(number, turn);
  return ticket !== null && state.proved[number] === addressHash(ticket);
}

function wantedIn(scene: Scene): Following['wants'] {
  if (holds('withdraw_sent', scene)) return 'withdraw';
  return holds('amend_sent', scene) ? 'amend' : 'status';
}

function holds(
  list:
    | 'withdraw_sent'
    | 'amend_sent'
    | 'sent_request'
    | 'status_asked'
    | 'new_code'
    | 'code_word'
    | 'no_address'
    | 'lost_number',
  { text, content }: Scene,
): boolean {
  return holdsPhrase(text, wordList(content, list).phrases);
}

function addressIn(text: string): string | null {
  return /\S+@\S+\.[^\s,;.!?]+/.exec(text)?.[0]?.toLowerCase() ?? null;
}

function meta(replies: readonly Reply[], following: Following | null = null): Answer {
  return { kind: 'meta', intent: 'ticket_status', replies, state: { following } };
}
