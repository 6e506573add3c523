import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { memoryConversations } from './adapters/memory/memory-conversations.ts';
import { memoryTickets } from './adapters/memory/memory-tickets.ts';
import { openDatabase } from './adapters/sqlite/open-database.ts';
import { sqliteTickets } from './adapters/sqlite/sqlite-tickets.ts';
import { answerJsonl } from './adapters/terminal/answer-jsonl.ts';
import { chat } from './adapters/terminal/chat.ts';
import { loadAssistant } from './assistant.ts';
import { readConfig } from './config.ts';
import { ticketSecret } from './ticket-secret.ts';

// The assistant in a terminal: a chat, one answer (`ask "…"`), or JSON lines (`ask --jsonl`), which touch no disk.
const args = process.argv.slice(2);
const conversations = memoryConversations();
if (args.includes('--jsonl')) {
  await answerJsonl(stdin, stdout, {
    assistant: loadAssistant(randomBytes(32)),
    conversations,
    tickets: memoryTickets(),
  });
} else {
  // What is filed here is filed: the tickets are the service's own.
  const config = readConfig(process.env);
  const database = openDatabase(join(config.dataDir, 'assistant.db'));
  const lines = createInterface({ input: stdin, output: stdout, terminal: stdin.isTTY });
  const host = {
    assistant: loadAssistant(ticketSecret(config)),
    conversations,
    tickets: sqliteTickets(database),
  };
  await chat(lines, args.join(' '), stdout, host);
  database.close();
}
