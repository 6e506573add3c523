import { memoryStores } from '../../src/adapters/memory/memory-stores.ts';
import { loadAssistant } from '../../src/assistant.ts';
import { converse, type Heard, type Host } from '../../src/conversation/converse.ts';
import { noPages, renderReply } from '../../src/conversation/render.ts';
import type { Outcome } from '../../src/conversation/turn.ts';
import { memoryHost } from '../../src/host.ts';

/** The assistant as it is built, with ids that are the same in every run. */
export const assistant = loadAssistant(new Uint8Array(32));

const NOW = new Date('2026-01-31T09:00:00Z');

export function someHost(changes: Partial<Host> = {}) {
  const { tickets = memoryStores().tickets } = changes;
  const stores = { ...memoryStores(), tickets };
  return { ...memoryHost(assistant, { stores, clock: () => NOW }), ...changes };
}

/** Says texts one after another in one conversation and gives every outcome. */
export async function says(host: Host, ...texts: string[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [index, text] of texts.entries())
    outcomes.push(await converse(heard(text, `turn ${index}`), host));
  return outcomes;
}

export function heard(text: string, id: string): Heard {
  return { id, conversation: 'c', channel: 'web', text, now: NOW };
}

export function textOf(outcome: Outcome | undefined): string {
  if (!outcome) return '';
  return outcome.replies
    .map((reply) => renderReply(reply, assistant.content, outcome.state.locale, noPages))
    .join('\n\n');
}
