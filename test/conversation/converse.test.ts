import { expect } from 'chai';
import { memoryConversations } from '../../src/adapters/memory/memory-conversations.ts';
import { memoryTickets } from '../../src/adapters/memory/memory-tickets.ts';
import { ConversationConflict, type ConversationStore, converse } from '../../src/conversation/converse.ts';
import { heard, says, someHost, textOf } from './some-assistant.ts';

const toSummary = ['avregistrera anna@example.se från nyhetsbrevet', 'hoppa över'];

describe('a conversation with its stores', () => {
  it('gives the same answer to a turn that is delivered twice, and makes no second ticket', async () => {
    const host = someHost();
    await says(host, ...toSummary);
    const first = await converse(heard('ja', 'yes'), host);
    const second = await converse(heard('ja', 'yes'), host);
    expect(first.ticket).to.not.equal(null);
    expect(second.replies).to.deep.equal(first.replies);
    expect(await host.tickets.pending(new Date(), 10, ['ticket.filed'])).to.have.length(1);
  });

  it('says nothing to an older turn that comes once more', async () => {
    const host = someHost();
    await says(host, ...toSummary);
    expect((await converse(heard('!!', 'turn 0'), host)).replies).to.deep.equal([]);
  });

  it('makes one ticket of two confirmations at the same moment', async () => {
    const host = someHost();
    await says(host, ...toSummary);
    await Promise.all(['a', 'b', 'c', 'd'].map((id) => converse(heard('ja', id), host)));
    expect(await host.tickets.pending(new Date(), 10, ['ticket.filed'])).to.have.length(1);
  });

  it('makes one ticket though the state could not be saved after it', async () => {
    const conversations = memoryConversations();
    let broken = false;
    const breaking: ConversationStore = {
      ...conversations,
      save: async (...input) => {
        if (broken) throw new Error('the power went');
        await conversations.save(...input);
      },
    };
    const host = someHost({ conversations: breaking });
    await says(host, ...toSummary);
    broken = true;
    const failure = await converse(heard('ja', 'yes'), host).then(
      () => null,
      (error: Error) => error.message,
    );
    expect(failure).to.equal('the power went');
    broken = false;
    const again = await converse(heard('ja', 'yes again'), host);
    const [entry, ...others] = await host.tickets.pending(new Date(), 10, ['ticket.filed']);
    expect(others).to.deep.equal([]);
    expect(entry?.ticketId).to.equal(again.ticket?.id);
    expect(textOf(again)).to.include(
      (await host.tickets.byId(entry?.ticketId ?? ''))?.ticket.number ?? 'no number',
    );
  });

  it('keeps what was changed after a yes whose answer was lost', async () => {
    const conversations = memoryConversations();
    let broken = false;
    const breaking: ConversationStore = {
      ...conversations,
      save: (...input) =>
        broken ? Promise.reject(new Error('the power went')) : conversations.save(...input),
    };
    const host = someHost({ conversations: breaking });
    await says(host, ...toSummary);
    broken = true;
    await converse(heard('ja', 'yes'), host).catch(() => null);
    broken = false;
    await converse(heard('fel mejl, det ska vara anna.berg@example.se', 'change'), host);
    await converse(heard('ja', 'yes again'), host);
    const [entry, ...others] = await host.tickets.pending(new Date(), 10, ['ticket.filed']);
    expect(others).to.deep.equal([]);
    expect((await host.tickets.byId(entry?.ticketId ?? ''))?.ticket.slots.email).to.equal(
      'anna.berg@example.se',
    );
  });

  it('takes the turns of a conversation one after the other: a cancel after a yes finds it sent', async () => {
    const host = someHost();
    await says(host, ...toSummary);
    const [yes, cancel] = await Promise.all(
      ['ja', 'avbryt'].map((text) => converse(heard(text, text), host)),
    );
    expect(yes?.ticket).to.not.equal(null);
    expect(cancel?.state.filed).to.deep.equal([yes?.ticket?.number]);
    expect(textOf(cancel)).to.not.include('Inget har skickats');
  });

  it('hands a conversation over once, though an older turn comes again', async () => {
    const host = someHost();
    const ask = (text: string, id: string) => converse({ ...heard(text, id), canHandOff: true }, host);
    await ask('säljer ni mina uppgifter?', '1');
    await ask('jag vill prata med en människa', '2');
    expect((await ask('ja', '3')).handOff).to.not.equal(null);
    expect((await ask('säljer ni mina uppgifter?', '1')).handOff).to.equal(null);
  });

  it('answers every button that it has ever offered, also while a request is open', async () => {
    const host = someHost();
    await says(host, 'radera mina uppgifter');
    for (const intent of host.assistant.content.intents.keys()) {
      const outcome = await converse(heard(`!say ${intent}`, `say ${intent}`), host);
      expect(outcome.replies.length, intent).to.be.greaterThan(0);
      if (!outcome.state.request) await converse(heard('radera mina uppgifter', `again ${intent}`), host);
    }
  });

  it('queues a wish once', async () => {
    const host = someHost();
    const outcomes = await says(
      host,
      'radera mina uppgifter',
      '!queue access',
      '!queue access',
      '!queue erasure',
    );
    expect(outcomes.at(-1)?.state.queue).to.deep.equal(['access']);
  });

  it('says nothing of a ticket that could not be stored', async () => {
    const tickets = memoryTickets();
    const host = someHost({ tickets: { ...tickets, create: () => Promise.reject(new Error('disk full')) } });
    await says(host, ...toSummary);
    const failure = await converse(heard('ja', 'yes'), host).catch((error: Error) => error.message);
    expect(failure).to.equal('disk full');
    const { state } = await converse(heard('hoppa över', 'later'), { ...host, tickets });
    expect(state.request?.stage).to.equal('summary');
  });

  it('answers from the newer state where two turns meet', async () => {
    const conversations = memoryConversations();
    let conflicts = 0;
    const meeting: ConversationStore = {
      ...conversations,
      save: async (...input) => {
        conflicts += 1;
        if (conflicts === 1) throw new ConversationConflict();
        await conversations.save(...input);
      },
    };
    const outcome = await converse(heard('hej', 'a'), someHost({ conversations: meeting }));
    expect(outcome.intent).to.equal('greeting');
    expect(conflicts).to.equal(2);
  });

  it('starts afresh where the stored state is of another version', async () => {
    const conversations = memoryConversations();
    await conversations.save('c', { state: { version: 0 }, last: {}, turns: [] }, null);
    const outcome = await converse(heard('hej', 'a'), someHost({ conversations }));
    expect(outcome.intent).to.equal('greeting');
  });

  it('keeps nothing of a conversation that is forgotten', async () => {
    const conversations = memoryConversations();
    const host = someHost({ conversations });
    await says(host, 'registrerutdrag, Anna Berg, anna@example.se', 'glöm den här chatten');
    expect(await conversations.load('c')).to.equal(null);
  });

  it('never stores a personal identity number', async () => {
    const kept: unknown[] = [];
    const conversations = memoryConversations();
    const host = someHost({
      conversations: {
        ...conversations,
        save: async (id, value, etag) => {
          kept.push(value);
          await conversations.save(id, value, etag);
        },
      },
    });
    const outcomes = await says(
      host,
      'rätta mitt personnummer till 850709-9805, det är fel hos er',
      'Anna Berg 19850709-9805 anna@example.se',
      'mitt nummer är 198507099805',
      'hoppa över resten',
      'ja',
    );
    const all = JSON.stringify([kept, outcomes]);
    expect(all).to.not.match(/850709/);
    expect(outcomes.at(-1)?.ticket?.type).to.equal('rectification');
  });
});
