import { MemoryStorage, TestAdapter, type TurnContext } from 'botbuilder';
import { expect } from 'chai';
import { BotStorage } from '../../src/adapters/bot-framework/bot-storage.ts';
import { PrivacyBot } from '../../src/adapters/bot-framework/privacy-bot.ts';
import { conversationsIn } from '../../src/adapters/bot-framework/stored-conversations.ts';
import { memoryDocuments } from '../../src/adapters/memory/memory-documents.ts';
import { memoryLessons } from '../../src/adapters/memory/memory-lessons.ts';
import { memoryTickets } from '../../src/adapters/memory/memory-tickets.ts';
import { noPages } from '../../src/conversation/render.ts';
import { assistant } from '../conversation/some-assistant.ts';

const clock = () => new Date('2026-01-31T09:00:00Z');

function someBot(storage = new BotStorage(memoryDocuments(), clock, 24)) {
  const reports: object[] = [];
  const tickets = memoryTickets();
  const host = { assistant, conversations: conversationsIn(storage), tickets, lessons: memoryLessons() };
  const bot = new PrivacyBot(host, noPages, clock, (report) => reports.push(report));
  const adapter = new TestAdapter(async (context: TurnContext) => bot.run(context));
  adapter.locale = 'sv-SE';
  return { adapter, tickets, reports };
}

async function answers(adapter: TestAdapter, text: string) {
  await adapter.send(text);
  const replies = adapter.activeQueue.splice(0);
  return replies;
}

describe('the bot', () => {
  it('answers in the words of the notice, with its place and buttons on the last message', async () => {
    const { adapter } = someBot();
    const replies = await answers(adapter, 'säljer ni mina uppgifter till andra?');
    const last = replies.at(-1);
    expect(last?.text).to.include('Vi säljer eller hyr inte ut dina personuppgifter till externa företag');
    expect(last?.text).to.include('#sharing_third_parties-10').and.to.include('24 augusti 2018');
    expect(last?.suggestedActions?.actions.length).to.be.within(1, 3);
    expect(replies.slice(0, -1).every((reply) => !reply.suggestedActions)).to.equal(true);
  });

  it('takes a pressed button for its choice', async () => {
    const { adapter } = someBot();
    await adapter.send({
      type: 'message',
      text: 'När raderas uppgifterna?',
      value: { choice: '!ask retention-2' },
    });
    expect(adapter.activeQueue.at(-1)?.text).to.include('#retention-2');
  });

  it('greets whoever joins, and says that it is a program', async () => {
    const { adapter } = someBot();
    await adapter.send({ type: 'conversationUpdate', membersAdded: [{ id: 'user', name: 'user' }] });
    expect(adapter.activeQueue.at(-1)?.text).to.include('datorprogram');
  });

  it('files a request over several turns, kept in the SDK’s storage', async () => {
    const { adapter, tickets } = someBot(new MemoryStorage() as never);
    for (const text of ['radera mina uppgifter', 'Anna Berg, anna@example.se', 'hoppa över'])
      await answers(adapter, text);
    const receipt = await answers(adapter, 'ja');
    const [entry] = await tickets.pending(clock(), 10);
    const stored = await tickets.byId(entry?.ticketId ?? '');
    expect(stored?.ticket).to.include({ type: 'erasure', status: 'submitted', due: '2026-03-02' });
    expect(receipt.map((reply) => reply.text).join()).to.include(stored?.ticket.number);
  });

  it('reports a turn by ids and figures alone', async () => {
    const { adapter, reports } = someBot();
    await answers(adapter, 'jag heter Anna Berg, anna@example.se, radera mig');
    expect(JSON.stringify(reports)).to.not.match(/anna|radera mig/i);
    expect(reports[0]).to.include({ kind: 'request', intent: 'erasure' });
  });
});

describe('the storage behind the SDK', () => {
  it('forgets a conversation that has been idle', async () => {
    let now = clock();
    const storage = new BotStorage(memoryDocuments(), () => now, 24);
    await storage.write({ k: { said: 1, eTag: 'new' } });
    now = new Date(now.getTime() + 23 * 3_600_000);
    expect(Object.keys(await storage.read(['k']))).to.deep.equal(['k']);
    now = new Date(now.getTime() + 2 * 3_600_000);
    expect(await storage.read(['k'])).to.deep.equal({});
  });

  it('keeps the SDK’s rules for eTags', async () => {
    const storage = new BotStorage(memoryDocuments(), clock, 24);
    await storage.write({ k: { count: 1 } });
    const { k } = await storage.read(['k']);
    await storage.write({ k: { count: 2, eTag: '*' } });
    const late = await storage.write({ k: { ...k, count: 3 } }).catch((error: Error) => error.name);
    expect(late).to.equal('EtagMismatch');
    await storage.delete(['k']);
    expect(await storage.read(['k'])).to.deep.equal({});
  });
});
