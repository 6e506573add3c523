import { randomBytes } from 'node:crypto';
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { memoryConversations } from './adapters/memory/memory-conversations.ts';
import { memoryTickets } from './adapters/memory/memory-tickets.ts';
import { answerJsonl } from './adapters/terminal/answer-jsonl.ts';
import { chat } from './adapters/terminal/chat.ts';
import { loadAssistant } from './assistant.ts';
import type { Host } from './conversation/converse.ts';

// The assistant in a terminal: a chat, one answer (`ask "…"`), or JSON lines (`ask --jsonl`).
const host: Host = {
  assistant: loadAssistant(randomBytes(32)),
  conversations: memoryConversations(),
  tickets: memoryTickets(),
};
const args = process.argv.slice(2);
if (args.includes('--jsonl')) await answerJsonl(stdin, stdout, host);
else
  await chat(
    createInterface({ input: stdin, output: stdout, terminal: stdin.isTTY }),
    args.join(' '),
    stdout,
    host,
  );
