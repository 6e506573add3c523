import { expect } from 'chai';
import { memoryDocuments } from '../../src/adapters/memory/memory-documents.ts';
import { confirmationsIn, doorOf, entryForCode } from '../../src/tickets/confirmation.ts';

const secret = new Uint8Array(32).fill(7);
const now = new Date('2026-02-01T12:00:00Z');
const t = { ticketId: 't', address: 'anna@example.se', door: 'link' } as const;
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const wrongFor = (code: string | null) => (code === '000000' ? '000001' : '000000');
const setUp = () => {
  const documents = memoryDocuments();
  return { documents, confirmations: confirmationsIn(documents, secret) };
};

describe('confirming an e-mail address', () => {
  it('gives six digits for half an hour and takes them once, however they are typed', async () => {
    const { confirmations } = setUp();
    expect(await confirmations.begin(t, now)).to.equal(true);
    const code = (await confirmations.codeOf(t, later(29))) ?? '';
    expect(code).to.match(/^\d{6}$/);
    expect(await confirmations.check(t, ` ${code.slice(0, 3)} ${code.slice(3)}`, later(29))).to.equal(
      'confirmed',
    );
    expect(await confirmations.check(t, code, later(29))).to.equal('expired');
    expect(await confirmations.codeOf(t, later(29))).to.equal(null);
  });

  it('takes nothing after half an hour, and nothing where none was begun', async () => {
    const { confirmations } = setUp();
    await confirmations.begin(t, now);
    const code = (await confirmations.codeOf(t, now)) ?? '';
    expect(await confirmations.codeOf(t, later(30))).to.equal(null);
    expect(await confirmations.check(t, code, later(30))).to.equal('expired');
    expect(await confirmations.check({ ...t, ticketId: 'other' }, code, now)).to.equal('expired');
  });

  it('locks after five wrong tries, even for the right code, until a new one is begun', async () => {
    const { confirmations } = setUp();
    await confirmations.begin(t, now);
    const code = (await confirmations.codeOf(t, now)) ?? '';
    const answers = [];
    for (let tries = 0; tries < 5; tries += 1)
      answers.push(await confirmations.check(t, wrongFor(code), now));
    expect(answers).to.deep.equal(['wrong', 'wrong', 'wrong', 'wrong', 'locked']);
    expect(await confirmations.check(t, code, now)).to.equal('locked');
    expect(await confirmations.codeOf(t, now)).to.equal(null);
    await confirmations.begin(t, later(1));
    const next = (await confirmations.codeOf(t, later(1))) ?? '';
    expect(await confirmations.check(t, next, later(1))).to.equal('confirmed');
  });

  it('counts twenty tries at once as twenty', async () => {
    const { confirmations } = setUp();
    await confirmations.begin(t, now);
    const wrong = wrongFor(await confirmations.codeOf(t, now));
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirmations.check(t, wrong, now)));
    expect(answers.filter((answer) => answer === 'wrong')).to.have.length(4);
    expect(answers.filter((answer) => answer === 'locked')).to.have.length(16);
  });

  it('confirms one of two who send the right code at once', async () => {
    const { confirmations } = setUp();
    await confirmations.begin(t, now);
    const code = (await confirmations.codeOf(t, now)) ?? '';
    const answers = await Promise.all([confirmations.check(t, code, now), confirmations.check(t, code, now)]);
    expect(answers.sort()).to.deep.equal(['confirmed', 'expired']);
  });

  it('makes five codes in a day and no more, so that nobody can guess all day or fill a mailbox', async () => {
    const { confirmations } = setUp();
    const begun = [];
    for (let code = 0; code < 6; code += 1) begun.push(await confirmations.begin(t, later(code)));
    expect(begun).to.deep.equal([true, true, true, true, true, false]);
    expect(await confirmations.begin(t, later(24 * 60))).to.equal(true);
    expect(await confirmations.begin({ ...t, ticketId: 'other' }, later(6))).to.equal(true);
  });

  it('replaces a code by the next one', async () => {
    const { confirmations } = setUp();
    await confirmations.begin(t, now);
    const first = await confirmations.codeOf(t, now);
    await confirmations.begin(t, later(1));
    const second = await confirmations.codeOf(t, later(1));
    // One pair in a million is equal by chance, and then says nothing.
    if (first === second) return;
    expect(await confirmations.check(t, first ?? '', later(1))).to.equal('wrong');
  });

  it('takes no code that was sent to another address', async () => {
    const { confirmations } = setUp();
    await confirmations.begin(t, now);
    const code = (await confirmations.codeOf(t, now)) ?? '';
    const moved = { ...t, address: 'viktoria@example.se' };
    expect(await confirmations.check(moved, code, now)).to.equal('wrong');
    expect(await confirmations.check({ ...t, address: 'Anna@Example.se' }, code, now)).to.equal('confirmed');
  });

  it('keeps those who have the link apart from those who only know number and address', async () => {
    const { confirmations } = setUp();
    for (let n = 0; n < 6; n += 1) await confirmations.begin({ ...t, door: 'find' }, later(n));
    expect(await confirmations.begin(t, later(7))).to.equal(true);
    const code = (await confirmations.codeOf(t, later(7))) ?? '';
    for (let n = 0; n < 6; n += 1)
      await confirmations.check({ ...t, door: 'find' }, wrongFor(code), later(7));
    expect(await confirmations.check(t, code, later(7))).to.equal('confirmed');
    expect(doorOf(entryForCode({ ...t, door: 'find' }, now))).to.equal('find');
    expect(doorOf(entryForCode(t, now))).to.equal('link');
  });

  it('stores no code', async () => {
    const { confirmations, documents } = setUp();
    await confirmations.begin(t, now);
    const code = (await confirmations.codeOf(t, now)) ?? '';
    const stored = (await documents.read(['confirmation/t/link'], now)).get('confirmation/t/link');
    expect(stored).to.not.equal(undefined);
    expect(JSON.stringify(stored)).to.not.include(code);
    const elsewhere = confirmationsIn(documents, new Uint8Array(32).fill(8));
    expect(await elsewhere.codeOf(t, now)).to.not.equal(code);
  });

  it('leaves word for the mail, one entry a code', () => {
    const entry = entryForCode(t, now);
    expect(entry).to.include({ ticketId: 't', kind: 'mail.code', attempts: 0, notBefore: now.toISOString() });
    expect(entry.id).to.not.equal(entryForCode(t, later(1)).id);
  });
});
