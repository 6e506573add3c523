import { createHash } from 'node:crypto';
import type { RequestType } from '../content/dialogs-schema.ts';
import { withForm } from './aside.ts';
import { fieldsOf } from './form.ts';
import { MASK } from './personal-number.ts';
import { faultText, noteMissing, readFields } from './read-fields.ts';
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
  const fields = fieldsOf(type).filter((slot) => given[slot] !== undefined);
  const read = readFields(given, fields, content);
  const kept = Object.entries(request.slots).filter(([slot]) => !fields.includes(slot));
  const slots = { ...Object.fromEntries(kept), ...read.slots };
  noteMissing({ slots, faults: read.faults }, type);
  const faults: FieldFault[] = [...read.faults].map(([slot, wrong]) => ({
    slot,
    id: faultText(slot, wrong, type, content),
    given: read.shown[slot] ?? '',
  }));
  const filled: OpenRequest = { ...request, slots, skipped: [...new Set([...request.skipped, 'rest'])] };
  // Some channels have taken the numbers out before they hand the form over.
  const isMasked = read.masked || fields.some((slot) => given[slot]?.includes(MASK));
  const notices: Reply[] = isMasked ? [say('notice.personal_number')] : [];
  const [first] = faults;
  if (!first) return goOn(filled, scene, notices);
  return {
    kind: 'request',
    intent: request.type,
    replies: [...notices, { is: 'ask', slot: first.slot, type: request.type, others: [], faults }],
    state: { request: { ...filled, asksFor: first.slot, stage: 'filling' }, queue: scene.state.queue },
  };
}

/** What a summary is known by: another type or another value gives another one. */
export function fingerprint({ type, slots }: Pick<OpenRequest, 'type' | 'slots'>): string {
  const rows = Object.entries(slots).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([type, rows]))
    .digest('base64url')
    .slice(0, 22);
}
