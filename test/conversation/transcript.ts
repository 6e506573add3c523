import { converse } from '../../src/conversation/converse.ts';
import { noPages, renderReply } from '../../src/conversation/render.ts';
import type { memoryHost } from '../../src/host.ts';
import type { Locale } from '../../src/text/words.ts';

/** A conversation as a text file: `>` the person, `<` the assistant, `!` an effect. */
export interface Transcript {
  title: string;
  locale: Locale | undefined;
  now: Date;
  /** What the person says, turn by turn; `\n` stands for a line break and `{x*N}` for N times x. */
  says: string[];
  /** The lines before the first turn, as they stand. */
  head: string;
}

/** Reads a transcript's head and the person's lines; what the assistant says is made anew by `play`. */
export function readTranscript(text: string): Transcript {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.startsWith('>'));
  const head = lines.slice(0, first).join('\n');
  const locale = /^locale (sv|en)\b/m.exec(head)?.[1] as Locale | undefined;
  const now = /\bnow (\S+)/.exec(head)?.[1] ?? '2026-01-31T09:00Z';
  return {
    title: /^# (.+)$/m.exec(head)?.[1] ?? 'untitled',
    locale,
    now: new Date(now),
    says: lines.filter((line) => line.startsWith('>')).map((line) => line.slice(1).trimStart()),
    head,
  };
}

/** Plays a transcript and writes it out as it went. */
export async function play(transcript: Transcript, host: ReturnType<typeof memoryHost>): Promise<string> {
  const { assistant } = host;
  const blocks: string[] = [];
  for (const [index, said] of transcript.says.entries()) {
    const text = said
      .replaceAll('\\n', '\n')
      .replace(/\{(.+?)\*(\d+)\}/g, (_, part: string, times: string) => part.repeat(Number(times)));
    const outcome = await converse(
      {
        id: `t${index + 1}`,
        conversation: transcript.title,
        channel: 'web',
        locale: transcript.locale,
        text,
        now: transcript.now,
      },
      host,
    );
    const replies = outcome.replies.map((reply) =>
      renderReply(reply, assistant.content, outcome.state.locale, noPages),
    );
    const lines = replies.flatMap((reply) => reply.split('\n')).filter((line) => line.trim() !== '');
    const { ticket, change } = outcome;
    const slots = ticket
      ? Object.entries(ticket.slots).map(([slot, value]) => `${slot}=${value.replace(/\s+/g, ' ')}`)
      : [];
    blocks.push(
      [
        `> ${said}`.trimEnd(),
        ...lines.map((line) => `< ${line}`),
        ...(ticket
          ? [
              `! ticket ${[ticket.type, ...slots, `due=${ticket.due}`, `to=${ticket.recipient.team}/${ticket.recipient.entity}`].join(' ')}`,
            ]
          : []),
        ...(change
          ? [`! ${change.changes ? `amended ${change.number}` : `withdrawn ${change.number}`}`]
          : []),
        ...(outcome.codeFor ? ['! a code'] : []),
      ].join('\n'),
    );
  }
  return `${transcript.head.trimEnd()}\n\n${blocks.join('\n\n')}\n`;
}
