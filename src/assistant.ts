import { readFileSync } from 'node:fs';
import { readContent } from './content/content.ts';
import { contentOfMarkdown } from './content/markdown-notice.ts';
import type { Assistant } from './conversation/assistant.ts';
import { MODEL, ROOT } from './paths.ts';
import { mintFrom } from './tickets/ticket-number.ts';
import { featuresWith } from './understanding/features.ts';
import { readModel } from './understanding/model.ts';
import { understandingOf } from './understanding/understand.ts';
import { unpreparedUnderstanding } from './understanding/unprepared.ts';

/** The assistant as it is at start: texts, trained understanding, and ticket ids that hang on a secret. */
export function loadAssistant(secret: Uint8Array): Assistant {
  const content = readContent(ROOT);
  return {
    content,
    understanding: understandingOf(readModel(MODEL, featuresWith(content.thesaurus)), content),
    mint: mintFrom(secret),
  };
}

/**
 * The assistant for another notice, in Markdown, that nobody prepared.
 * @throws {RangeError} where it holds no text to quote; {Error} where it cannot be read.
 */
export function loadAssistantFor(file: string, secret: Uint8Array): Assistant {
  const home = readContent(ROOT);
  const content = contentOfMarkdown(readFileSync(file, 'utf8'), home);
  const model = readModel(MODEL, featuresWith(home.thesaurus));
  return { content, understanding: unpreparedUnderstanding(model, home, content), mint: mintFrom(secret) };
}
