import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadAssistant } from '../../src/assistant.ts';
import { memoryHost } from '../../src/host.ts';
import { play, readTranscript } from './transcript.ts';

// Every file below transcripts/ is played and compared to the letter. `npm run transcripts` writes them anew; then
// the diff is read as prose before it is committed.
const folder = join(import.meta.dirname, '..', 'transcripts');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.chat'))
  .sort();
const assistant = loadAssistant(new Uint8Array(32));

describe('transcripts', () => {
  it('cover at least sixty conversations', () => expect(files.length).to.be.at.least(60));
  for (const name of files) {
    it(name, async () => {
      const file = join(folder, name);
      const text = readFileSync(file, 'utf8');
      const transcript = readTranscript(text);
      const host = memoryHost(assistant, { clock: () => transcript.now });
      const played = await play(transcript, host);
      if (process.env.UPDATE_TRANSCRIPTS) writeFileSync(file, played);
      else expect(played).to.equal(text);
    });
  }
});
