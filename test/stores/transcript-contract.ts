import { expect } from 'chai';
import type { TranscriptEntry, TranscriptStore } from '../../src/conversation/transcript-store.ts';

interface Opened {
  transcripts: TranscriptStore;
  close(): void;
}

/** What every store of transcripts must do. `open` gives an empty one. */
export interface TranscriptStoreUnderTest {
  open(): Opened | Promise<Opened>;
}

const now = new Date('2026-02-01T12:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const aDay = { now, expires: later(24) };

function said(id: string, changes: Partial<TranscriptEntry> = {}): TranscriptEntry {
  return { id, body: { text: `text of ${id}` }, isShown: true, awaitsAnswer: false, ...changes };
}

export function transcriptContract(name: string, { open }: TranscriptStoreUnderTest): void {
  describe(`the contract of transcripts: ${name}`, () => {
    let transcripts: TranscriptStore;
    let close: () => void;
    beforeEach(async () => {
      ({ transcripts, close } = await open());
    });
    afterEach(() => close());
    const ids = async (conversation: string, after = 0, at = now) =>
      (await transcripts.read(conversation, after, 100, at)).map((entry) => entry.id);

    it('gives what was said in its order, with what it says', async () => {
      await transcripts.append('a', [said('1', { body: { text: 'å "😀"', value: [null] } })], aDay);
      await transcripts.append('a', [said('2'), said('3')], aDay);
      const entries = await transcripts.read('a', 0, 100, now);
      expect(entries.map((entry) => entry.id)).to.deep.equal(['1', '2', '3']);
      expect(entries[0]?.body).to.deep.equal({ text: 'å "😀"', value: [null] });
    });

    it('reads on after a position, so many at a time', async () => {
      await transcripts.append(
        'a',
        ['1', '2', '3', '4'].map((id) => said(id)),
        aDay,
      );
      const first = await transcripts.read('a', 0, 2, now);
      const position = first.at(-1)?.position ?? 0;
      expect(await ids('a', position)).to.deep.equal(['3', '4']);
      expect(await transcripts.extent('a', now)).to.deep.equal({ entries: 4, last: position + 2 });
    });

    it('adds nothing twice, and keeps the first', async () => {
      await transcripts.append('a', [said('1')], aDay);
      await transcripts.append('a', [said('1', { body: 'other' }), said('2')], aDay);
      expect(await ids('a')).to.deep.equal(['1', '2']);
      expect((await transcripts.find('a', '1', now))?.body).to.deep.equal({ text: 'text of 1' });
      expect((await transcripts.extent('a', now)).entries).to.equal(2);
    });

    it('keeps conversations apart, though their entries share an id', async () => {
      await transcripts.append('a', [said('1')], aDay);
      await transcripts.append('b', [said('1'), said('2')], aDay);
      await transcripts.forget('a');
      expect(await ids('a')).to.deep.equal([]);
      expect(await transcripts.find('a', '1', now)).to.equal(null);
      expect(await ids('b')).to.deep.equal(['1', '2']);
    });

    it('keeps from readers what is not for them', async () => {
      await transcripts.append('a', [said('start', { isShown: false }), said('1')], aDay);
      expect(await ids('a')).to.deep.equal(['1']);
      expect((await transcripts.find('a', 'start', now))?.isShown).to.equal(false);
    });

    it('names what awaits its answer, oldest first, until it has one', async () => {
      await transcripts.append('b', [said('q1', { awaitsAnswer: true })], aDay);
      await transcripts.append('a', [said('q2', { awaitsAnswer: true })], {
        ...aDay,
        now: new Date(now.getTime() + 5),
      });
      const waiting = await transcripts.unanswered(now);
      expect(waiting.map(({ conversation, entry }) => [conversation, entry.id])).to.deep.equal([
        ['b', 'q1'],
        ['a', 'q2'],
      ]);
      await transcripts.append('b', [said('q1|1')], { ...aDay, answers: 'q1' });
      await transcripts.append('a', [], { ...aDay, answers: 'q2' });
      expect(await transcripts.unanswered(now)).to.deep.equal([]);
      expect(await ids('b')).to.deep.equal(['q1', 'q1|1']);
    });

    it('goes on after the positions that were read before it was forgotten', async () => {
      await transcripts.append('a', [said('1'), said('2')], aDay);
      const { last } = await transcripts.extent('a', now);
      await transcripts.forget('a');
      expect(await transcripts.extent('a', now)).to.deep.equal({ entries: 0, last: 0 });
      await transcripts.append('a', [said('3')], { ...aDay, now: later(1) });
      expect(await ids('a', last)).to.deep.equal(['3']);
    });

    it('keeps the whole conversation from the last thing said in it, and then nothing', async () => {
      await transcripts.append('a', [said('1', { awaitsAnswer: true })], aDay);
      await transcripts.append('a', [said('2')], { now: later(20), expires: later(44) });
      expect(await ids('a', 0, later(43))).to.deep.equal(['1', '2']);
      expect(await ids('a', 0, later(44))).to.deep.equal([]);
      expect(await transcripts.find('a', '1', later(44))).to.equal(null);
      expect(await transcripts.unanswered(later(44))).to.deep.equal([]);
    });

    it('begins anew where the one before has expired', async () => {
      await transcripts.append('a', [said('1')], aDay);
      await transcripts.append('a', [said('1', { body: 'new' })], { now: later(25), expires: later(49) });
      const entries = await transcripts.read('a', 0, 100, later(25));
      expect(entries.map((entry) => entry.body)).to.deep.equal(['new']);
    });

    it('purges what has expired and says how much', async () => {
      await transcripts.append('a', [said('1')], aDay);
      await transcripts.append('b', [said('1')], { now, expires: later(48) });
      expect(await transcripts.purge(later(24))).to.equal(1);
      expect(await transcripts.purge(later(24))).to.equal(0);
      expect(await ids('b')).to.deep.equal(['1']);
    });

    it('keeps its own copy', async () => {
      const body = { text: 'first' };
      await transcripts.append('a', [said('1', { body })], aDay);
      body.text = 'changed';
      expect((await transcripts.find('a', '1', now))?.body).to.deep.equal({ text: 'first' });
    });
  });
}
