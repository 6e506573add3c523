import { readContent } from './content/content.ts';
import type { Assistant } from './conversation/assistant.ts';
import { MODEL, ROOT } from './paths.ts';
import { mintFrom } from './tickets/ticket-number.ts';
import { readModel } from './understanding/model.ts';
import { understandingOf } from './understanding/understand.ts';

/** The assistant as it is at start: texts, trained understanding, and ticket ids that hang on a secret. */
export function loadAssistant(secret: Uint8Array): Assistant {
  const content = readContent(ROOT);
  return {
    content,
    understanding: understandingOf(readModel(MODEL, content.thesaurus), content),
    mint: mintFrom(secret),
  };
}
