import { randomBytes } from 'node:crypto';
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { memoryConversations } from './adapters/memory/memory-conversations.ts';
import { answerJsonl } from './adapters/terminal/answer-jsonl.ts';
import { chat } from './adapters/terminal/chat.ts';
import { loadAssistant, loadAssistantFor } from './assistant.ts';
import { readConfig } from './config.ts';
import { hostOf, memoryHost } from './host.ts';
import { openStores } from './open-stores.ts';
import { ticketSecret } from './ticket-secret.ts';

// The assistant in a terminal: a chat, one answer (`ask "…"`), or JSON lines (`ask --jsonl`), which touch no disk.
// `--notice FILE` answers from a Markdown notice that nobody prepared.
const { values, positionals } = parseArgs({
  options: { jsonl: { type: 'boolean', default: false }, notice: { type: 'string' } },
  allowPositionals: true,
});
const assistantWith = (secret: Uint8Array) => {
  if (values.notice === undefined) return loadAssistant(secret);
  try {
    return loadAssistantFor(values.notice, secret);
  } catch (error) {
    console.error(
      `${values.notice} cannot be answered from: ${error instanceof Error ? error.message : error}`,
    );
    return process.exit(1);
  }
};
if (values.jsonl) {
  await answerJsonl(stdin, stdout, memoryHost(assistantWith(randomBytes(32))));
} else {
  // What is filed here is filed: the tickets are the service's own.
  const config = readConfig(process.env);
  const stores = await openStores(config);
  const lines = createInterface({ input: stdin, output: stdout, terminal: stdin.isTTY });
  const secret = ticketSecret(config);
  const host = hostOf({
    assistant: assistantWith(secret),
    conversations: memoryConversations(),
    stores,
    secret,
    clock: () => new Date(),
    closedDays: config.closedPageDays,
  });
  await chat(lines, positionals.join(' '), stdout, host);
  stores.close();
}
