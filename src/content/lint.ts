import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Locale } from '../text/words.ts';
import type { Content } from './content.ts';
import type { ContentFault } from './content-file.ts';
import { relations } from './dialogs-schema.ts';
import type { Example } from './examples.ts';
import { fault } from './fault.ts';
import { lintExamples } from './lint-examples.ts';

const locales: readonly Locale[] = ['sv', 'en'];
const SHORTEST = 40;
const LONGEST = 900;

/** Checks that hold across files; each fault says where, what, and what to do. An empty list is a clean house. */
export function lintContent(content: Content, examples: readonly Example[], root: string): ContentFault[] {
  return [
    ...passageLengths(content),
    ...knownIds(content),
    ...mirroredReplies(content),
    ...usedReplies(content, root),
    ...lintExamples(content, examples),
  ].map((fault) => ({ ...fault, file: relative(root, fault.file) || fault.file }));
}

/** A passage is what a person would want quoted: neither a scrap nor a page. */
function passageLengths(content: Content): ContentFault[] {
  return [...content.passages.values()].flatMap((passage) => {
    const isLeadIn = passage.opens.length > 0;
    if (passage.text.length <= LONGEST && (passage.text.length >= SHORTEST || isLeadIn)) return [];
    return [
      fault(
        'knowledge/sections',
        `${passage.id} has ${passage.text.length} characters`,
        `Split or join it: ${SHORTEST} to ${LONGEST}`,
      ),
    ];
  });
}

/** Every id that one file takes from another exists there. */
function knownIds(content: Content): ContentFault[] {
  const faults: ContentFault[] = [];
  const need = (known: boolean, file: string, message: string) => {
    if (!known) faults.push(fault(file, message, 'Correct the id; ids are permanent, wording is free'));
  };
  const sections = new Set(content.sections.map((section) => section.id));
  for (const passage of content.passages.values()) {
    need(
      passage.id.startsWith(`${passage.section}-`),
      'knowledge/sections',
      `${passage.id} stands in section ${passage.section}`,
    );
    for (const id of [...passage.opens, ...passage.sameAs])
      need(content.passages.has(id), 'knowledge/sections', `${passage.id} names ${id}, which is no passage`);
  }
  for (const id of content.topicIds)
    need(content.passages.has(id), 'knowledge/topics.yaml', `${id} is no passage`);
  for (const id of content.passages.keys())
    need(content.topicIds.includes(id), 'knowledge/topics.yaml', `${id} has no topic`);
  for (const { id, readingAid } of content.passages.values())
    need(readingAid !== '', 'knowledge/reading-aid.en.yaml', `${id} has no English reading aid`);
  for (const advisory of content.advisories) {
    for (const id of advisory.sections)
      need(sections.has(id), 'knowledge/advisories.yaml', `${advisory.id} names ${id}, which is no section`);
    for (const id of advisory.passages)
      need(
        content.passages.has(id),
        'knowledge/advisories.yaml',
        `${advisory.id} names ${id}, which is no passage`,
      );
    for (const id of advisory.requests)
      need(
        content.requests.has(id),
        'knowledge/advisories.yaml',
        `${advisory.id} names ${id}, which is no request`,
      );
  }
  for (const intent of content.intents.values()) {
    for (const id of intent.passages)
      need(content.passages.has(id), 'dialogs/intents.yaml', `${intent.id} names ${id}, which is no passage`);
    need(
      (intent.kind === 'request') === content.requests.has(intent.id),
      'dialogs/requests.yaml',
      `${intent.id} is a request in one file only`,
    );
  }
  for (const request of content.requests.values()) {
    need(content.intents.has(request.id), 'dialogs/intents.yaml', `request ${request.id} is no intent`);
    for (const id of request.passages)
      need(
        content.passages.has(id),
        'dialogs/requests.yaml',
        `${request.id} names ${id}, which is no passage`,
      );
    const story = request.story ? [request.story] : [];
    for (const slot of [...request.required, ...request.any_of, ...request.optional, ...story])
      need(slot in content.slots, 'dialogs/requests.yaml', `${request.id} names ${slot}, which is no slot`);
  }
  return faults;
}

/** Both languages say the same things: the same ids, with the same placeholders. */
function mirroredReplies(content: Content): ContentFault[] {
  const { sv, en } = content.replies;
  return [...new Set([...Object.keys(sv), ...Object.keys(en)])].flatMap((id) => {
    const missing = locales.find((locale) => content.replies[locale][id] === undefined);
    if (missing)
      return [fault(`dialogs/*.${missing}.yaml`, `${id} is missing`, 'Write it in this language too')];
    return placeholders(sv[id]) === placeholders(en[id])
      ? []
      : [
          fault(
            'dialogs/*.en.yaml',
            `${id} has other placeholders than in Swedish`,
            'Use the same {names} in both',
          ),
        ];
  });
}

function placeholders(text = ''): string {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join();
}

/** No dead reply: each is named in the code, or made from an id of the register by one of these patterns. */
function usedReplies(content: Content, root: string): ContentFault[] {
  const code = sources(join(root, 'src'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const slots = Object.keys(content.slots);
  const types = [...content.requests.keys()];
  const made = new Set([
    ...types.flatMap((type) => [`request.${type}.title`, `request.${type}.about`]),
    ...slots.flatMap((slot) => [
      `slot.${slot}`,
      `ask.${slot}`,
      ...types.map((type) => `ask.${slot}.${type}`),
      ...slots.map((other) => `ask.${slot}_${other}`),
    ]),
    ...[...content.intents.values()].flatMap((intent) =>
      intent.kind === 'request' ? [] : [`choice.${intent.id}`],
    ),
    ...[...content.intents.values()].flatMap((intent) => (intent.kind === 'meta' ? [intent.id] : [])),
    ...relations.map((value) => `relation.${value}`),
    ...Object.keys(content.words.sv.channel).map((value) => `channel.${value.replace('-', '')}`),
    ...[...content.requests.values()].map((type) => `receipt.${type.deadline}`),
    ...['switch', 'queue', 'keep', 'none', 'handoff', 'message', 'amend', 'withdraw'].map(
      (choice) => `choice.${choice}`,
    ),
    ...['optional', 'optional_again'].map((slot) => `ask.${slot}`),
    ...['email', 'phone', 'country'].map((slot) => `invalid.${slot}`),
    ...['saturday', 'sunday'].map((day) => `deadline.${day}`),
    ...Object.keys(content.replies.sv).filter((id) => id.startsWith('status.is.')),
  ]);
  return Object.keys(content.replies.sv)
    .filter((id) => !made.has(id) && !code.includes(`'${id}'`))
    .map((id) => fault('dialogs/*.sv.yaml', `${id} is never said`, 'Delete it in both languages, or say it'));
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('lint.ts'))
    .map((name) => join(folder, name));
}
