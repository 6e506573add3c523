interface Said {
  type?: string;
  text?: string;
  timestamp?: string;
  from?: { role?: string };
  attachments?: { content?: { fallbackText?: string } }[];
}

/** Where the conversation is read, and what the two who talk are called in the file. */
export interface Saving {
  directLine: string;
  conversationId: string;
  token: string;
  names: { person: string; assistant: string };
}

/** Saves the whole conversation as a text file. Rejects where it cannot be read. */
export async function saveConversation(saving: Saving): Promise<void> {
  const lines: string[] = [];
  for (let watermark = ''; ; ) {
    const { activities, next } = await read(saving, watermark);
    lines.push(...activities.flatMap((said) => lineOf(said, saving.names)));
    if (activities.length === 0 || next === watermark) break;
    watermark = next;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([lines.join('\n\n')], { type: 'text/plain;charset=utf-8' }));
  link.download = `sekretessassistenten-${new Date().toISOString().slice(0, 10)}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function read({ directLine, conversationId, token }: Saving, watermark: string) {
  const answer = await fetch(
    `${directLine}/conversations/${encodeURIComponent(conversationId)}/activities?watermark=${watermark}`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  if (!answer.ok) throw new Error('the conversation cannot be read');
  const body = (await answer.json()) as { activities?: Said[]; watermark?: string };
  return { activities: body.activities ?? [], next: body.watermark ?? watermark };
}

// A pressed button and a sent form have no words of their own.
function lineOf({ type, text, timestamp, from, attachments }: Said, names: Saving['names']): string[] {
  const words = [text ?? '', ...(attachments ?? []).map(({ content }) => content?.fallbackText ?? '')]
    .filter((each) => each.trim() !== '' && !each.startsWith('!'))
    .join('\n');
  if (type !== 'message' || words === '') return [];
  const name = from?.role === 'bot' ? names.assistant : names.person;
  return [`${(timestamp ?? '').slice(0, 16).replace('T', ' ')} ${name}:\n${words}`];
}
