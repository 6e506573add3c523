import { expect } from 'chai';
import { converse, type Host } from '../../src/conversation/converse.ts';
import { fingerprint } from '../../src/conversation/form-sent.ts';
import type { FormSent, Outcome } from '../../src/conversation/turn.ts';
import { someHost } from './some-assistant.ts';

const now = new Date('2026-01-31T09:00:00Z');

function conversation(host: Host = someHost()) {
  let turn = 0;
  const say = (said: string | FormSent): Promise<Outcome> => {
    turn += 1;
    const input = typeof said === 'string' ? { text: said } : { text: '', form: said };
    return converse({ id: `t${turn}`, conversation: 'c', channel: 'web', locale: 'sv', now, ...input }, host);
  };
  return { say, host };
}
const anna = { name: 'Anna Berg', email: 'anna@example.se' };
const ids = (outcome: Outcome) => outcome.replies.map((reply) => ('id' in reply ? reply.id : reply.is));

describe('a form sent from a card', () => {
  it('is reviewed, then sent, and makes one ticket however often it is sent', async () => {
    const { say, host } = conversation();
    const key = (await say('radera mina uppgifter')).state.request?.key ?? '';
    const summary = await say({
      key,
      act: 'review',
      slots: { ...anna, country: 'Norge', relation: 'candidate' },
    });
    expect(summary.replies.at(-1)).to.deep.include({ is: 'summary', type: 'erasure' });
    const { slots } = summary.state.request ?? { slots: {} };
    expect(slots).to.deep.equal({ ...anna, country: 'NO', relation: 'candidate' });
    const seen = fingerprint(summary.state.request ?? expect.fail('no request'));
    const sent = await say({ key, act: 'send', slots: {}, seen });
    expect(sent.ticket).to.include({ type: 'erasure' }).and.to.deep.include({ slots });
    const again = await say({ key, act: 'send', slots: {}, seen });
    expect(again.ticket).to.equal(null);
    expect(ids(again)).to.deep.equal(['yes.sent']);
    expect(await host.tickets.pending(now, 10, ['ticket.filed'])).to.have.length(1);
  });

  it('sends the conversation along only where that was agreed to', async () => {
    for (const share of [true, false, undefined]) {
      const { say } = conversation();
      await say('hur länge sparas mitt cv?');
      const key = (await say('radera mina uppgifter')).state.request?.key ?? '';
      const summary = await say({ key, act: 'review', slots: anna });
      const seen = fingerprint(summary.state.request ?? expect.fail('no request'));
      const { ticket } = await say({ key, act: 'send', slots: {}, seen, share });
      const said = ticket?.said.map(({ text }) => text).join() ?? '';
      expect(said.includes('hur länge sparas mitt cv?'), String(share)).to.equal(share === true);
    }
  });

  it('names everything that is wrong at once, and keeps what is right', async () => {
    const { say } = conversation();
    const key = (await say('radera mina uppgifter')).state.request?.key ?? '';
    const wrong = { name: '', email: 'anna(at)example', country: 'Atlantis', relation: 'king' };
    const outcome = await say({ key, act: 'review', slots: wrong });
    const [reply] = outcome.replies.slice(-1);
    const faults = reply?.is === 'ask' ? reply.faults : [];
    expect(faults?.map(({ slot, id }) => `${slot} ${id}`).sort()).to.deep.equal([
      'country invalid.country',
      'email invalid.email',
      'name form.required',
      'relation form.invalid',
    ]);
    const right = await say({ key, act: 'review', slots: { ...anna, country: '', relation: '' } });
    expect(right.state.request?.slots).to.deep.equal(anna);
  });

  it('empties a field that was emptied, and leaves those it does not have', async () => {
    const { say } = conversation();
    const key =
      (await say('radera mina uppgifter, jag heter Anna Berg och bor i Norge')).state.request?.key ?? '';
    const outcome = await say({ key, act: 'review', slots: { email: 'anna@example.se', country: '' } });
    expect(outcome.state.request?.slots).to.deep.equal(anna);
  });

  it('sends only the summary that was seen', async () => {
    const { say } = conversation();
    const key = (await say('radera mina uppgifter')).state.request?.key ?? '';
    const first = await say({ key, act: 'review', slots: anna });
    const seen = fingerprint(first.state.request ?? expect.fail('no request'));
    await say('fel mejl, det ska vara anna.berg@example.se');
    const old = await say({ key, act: 'send', slots: {}, seen });
    expect(old.ticket).to.equal(null);
    expect(old.replies.at(-1)).to.include({ is: 'summary' });
  });

  it('never sends one request for another', async () => {
    const { say } = conversation();
    const opened = await say('radera mina uppgifter');
    const key = opened.state.request?.key ?? '';
    const summary = await say({ key, act: 'review', slots: anna });
    const seen = fingerprint(summary.state.request ?? expect.fail('no request'));
    await say('!switch restriction');
    await say('nej tack');
    const old = await say({ key, act: 'send', slots: {}, seen });
    expect(old.ticket).to.equal(null);
    expect(ids(old)).to.include('form.closed');
  });

  it('keeps a long story whole as far as a field goes, and says where it ends', async () => {
    const { say } = conversation();
    await say('jag vill klaga');
    const story = 'De svarade aldrig på mina mejl och lade ut mitt cv för alla att läsa. '.repeat(12);
    let outcome = await say(`jag heter Anna Berg, anna@example.se`);
    for (let part = 0; part < 4; part += 1) outcome = await say(story);
    const { slots, key } = outcome.state.request ?? expect.fail('no request');
    expect(slots.event?.length).to.be.within(1500, 2000);
    expect(ids(outcome)).to.include('request.full');
    const review = await say({ key, act: 'review', slots: { ...anna, event: slots.event ?? '' } });
    expect(review.state.request?.stage).to.equal('summary');
  });

  it('takes no name of JavaScript’s own for a value', async () => {
    const { say } = conversation();
    const key = (await say('jag vill inte ha mer reklam')).state.request?.key ?? '';
    const outcome = await say({
      key,
      act: 'review',
      slots: { email: 'a@example.se', channel: 'constructor' },
    });
    const [reply] = outcome.replies.slice(-1);
    expect(reply?.is === 'ask' ? reply.faults?.map(({ slot }) => slot) : []).to.deep.equal(['channel']);
  });

  it('masks a personal identity number in any field and says so', async () => {
    const { say } = conversation();
    const key = (await say('radera mina uppgifter')).state.request?.key ?? '';
    const outcome = await say({ key, act: 'review', slots: { ...anna, data: 'allt om 811218-9876' } });
    expect(JSON.stringify(outcome)).to.not.include('9876');
    expect(ids(outcome)).to.include('notice.personal_number');
  });

  it('leaves no mask in a name, and asks for one that was nothing else', async () => {
    const { say } = conversation();
    const key = (await say('radera mina uppgifter')).state.request?.key ?? '';
    const outcome = await say({ key, act: 'review', slots: { ...anna, name: 'Anna 811218-9876' } });
    expect(outcome.state.request?.slots.name).to.equal('Anna');
    const none = await say({ key, act: 'review', slots: { ...anna, name: '811218-9876' } });
    const [reply] = none.replies.slice(-1);
    expect(reply?.is === 'ask' ? reply.faults : []).to.deep.equal([
      { slot: 'name', id: 'form.required', given: '' },
    ]);
    expect(ids(none)).to.include('notice.personal_number');
  });

  it('says of one of two fields what is wrong with it, and not that the other is needed', async () => {
    const { say } = conversation();
    const key = (await say('jag vill inte ha mer reklam')).state.request?.key ?? '';
    const outcome = await say({ key, act: 'review', slots: { email: '', phone: '12' } });
    const [reply] = outcome.replies.slice(-1);
    expect(reply?.is === 'ask' ? reply.faults?.map(({ slot, id }) => `${slot} ${id}`) : []).to.deep.equal([
      'phone invalid.phone',
    ]);
  });

  it('says so where its request is no longer open, and sends nothing', async () => {
    const { say } = conversation();
    const key = (await say('radera mina uppgifter')).state.request?.key ?? '';
    await say({ key, act: 'cancel', slots: {} });
    const outcome = await say({ key, act: 'send', slots: anna });
    expect(ids(outcome)).to.deep.equal(['form.closed']);
    expect(outcome.ticket).to.equal(null);
  });

  it('leaves an open request alone where it belongs to another', async () => {
    const { say } = conversation();
    await say('radera mina uppgifter');
    const outcome = await say({ key: 'another', act: 'cancel', slots: {} });
    expect(outcome.state.request?.type).to.equal('erasure');
    expect(ids(outcome)).to.deep.equal(['form.closed', 'resume', 'ask']);
  });

  it('takes an opt-out by an address alone', async () => {
    const { say } = conversation();
    const key = (await say('jag vill inte ha mer reklam')).state.request?.key ?? '';
    const none = await say({ key, act: 'review', slots: { email: '', phone: '' } });
    expect(none.state.request?.stage).to.equal('filling');
    const one = await say({ key, act: 'review', slots: { email: '', phone: '070-174 06 05' } });
    expect(one.state.request).to.deep.include({ stage: 'summary', slots: { phone: '+46701740605' } });
  });
});
