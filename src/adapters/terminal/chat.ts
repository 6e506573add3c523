import { randomUUID } from 'node:crypto';
import type { Interface } from 'node:readline';
import type { Writable } from 'node:stream';
import { converse, type Host } from '../../conversation/converse.ts';
import { noPages, renderReply } from '../../conversation/render.ts';
import { terminalText } from './terminal-text.ts';

/** Chats in a terminal until the input ends; with a first text it answers that and stops. */
export async function chat(lines: Interface, first: string, output: Writable, host: Host): Promise<void> {
  const conversation = randomUUID();
  const say = async (text: string) => {
    const heard = { id: randomUUID(), conversation, channel: 'terminal', text, now: new Date() };
    const outcome = await converse(heard, host);
    for (const reply of outcome.replies) {
      output.write(
        `${terminalText(renderReply(reply, host.assistant.content, outcome.state.locale, noPages))}\n\n`,
      );
    }
  };
  if (first) {
    await say(first);
    lines.close();
    return;
  }
  await say('hej');
  lines.setPrompt('> ');
  lines.prompt();
  for await (const line of lines) {
    await say(line);
    lines.prompt();
  }
}
