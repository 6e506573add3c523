import { createHash } from 'node:crypto';
import type { Content } from '../content/content.ts';
import type { RequestType } from '../content/dialogs-schema.ts';
import { withForm } from './aside.ts';
import { missingSlots } from './form.ts';
import { MASK, maskPersonalNumbers } from './personal-number.ts';
import { LONGEST_FIELD, readField } from './read-field.ts';
import type { FieldFault, Reply } from './reply.ts';
import { cancelRequest, goOn, submit } from './request.ts';
import { type Answer, requestType, type Scene, say } from './scene.ts';
import type { OpenRequest, Slots } from './state.ts';
import type { FormSent } from './turn.ts';

/** Answers a request's form that was sent from a card. A card may be pressed long after the conversation went on. */
export function onFormSent(form: FormSent, scene: Scene): Answer {
  const { request, filed } = scene.state;
  if (!request || request.key !== form.key) {
    // The same request has the same number, however often and however late it is sent.
    const { number } = scene.assistant.mint(form.key);
    const reply = filed.includes(number) ? say('yes.sent', { number }) : say('form.closed');
    return withForm({ kind: 'clarify', replies: [reply] }, scene);
  }
  if (form.act === 'cancel') return cancelRequest(request, scene);
  const type = requestType(request.type, scene.content);
  if (form.act === 'send')
    return request.stage === 'summary' && form.seen === fingerprint(request)
      ? submit(request, scene, form.share)
      : goOn(request, scene);
  return review(form.slots, request, type, scene);
}

// Every field is read for itself; what cannot be taken stays in its field with what is wrong beside it.
function review(given: Slots, request: OpenRequest, type: RequestType, scene: Scene): Answer {
  const { content } = scene;
  const slots: Record<string, string> = { ...request.slots };
  const faults: FieldFault[] = [];
  let masked = false;
  for (const slot of fieldsOf(type)) {
    const field = given[slot];
    const reader = content.slots[slot];
    if (field === undefined || reader === undefined) continue;
    delete slots[slot];
    const clean = maskPersonalNumbers(field);
    masked ||= clean.masked || field.includes(MASK);
    // In a story the mask tells that something stood there; in a name or an address it is nothing.
    const kept = reader === 'text' ? clean.text : clean.text.replaceAll(MASK, '');
    if (kept.trim() === '') continue;
    const value = readField(reader, kept, content);
    if (value === null)
      faults.push({ slot, id: faultOf(slot, content), given: clean.text.slice(0, LONGEST_FIELD) });
    else slots[slot] = value;
  }
  const filled: OpenRequest = { ...request, slots, skipped: [...new Set([...request.skipped, 'rest'])] };
  const notices: Reply[] = masked ? [say('notice.personal_number')] : [];
  for (const slot of missingSlots(filled, type))
    if (!faults.some((fault) => fault.slot === slot))
      faults.push({ slot, id: type.any_of.includes(slot) ? 'form.one_of' : 'form.required', given: '' });
  const [first] = faults;
  if (!first) return goOn(filled, scene, notices);
  return {
    kind: 'request',
    intent: request.type,
    replies: [...notices, { is: 'ask', slot: first.slot, type: request.type, others: [], faults }],
    state: { request: { ...filled, asksFor: first.slot, stage: 'filling' }, queue: scene.state.queue },
  };
}

/** The fields of a type's form, those that must be filled first. */
export function fieldsOf(type: RequestType): string[] {
  return [...new Set([...type.any_of, ...type.required, ...type.optional])];
}

/** The text that says what is wrong with a field whose value cannot be taken. */
export function faultOf(slot: string, content: Content): string {
  return content.replies.sv[`invalid.${slot}`] === undefined ? 'form.invalid' : `invalid.${slot}`;
}

/** What a summary is known by: another type or another value gives another one. */
export function fingerprint({ type, slots }: OpenRequest): string {
  const rows = Object.entries(slots).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([type, rows]))
    .digest('base64url')
    .slice(0, 22);
}
