import { MemoryStorage, TestAdapter, type TurnContext } from 'botbuilder';
import { expect } from 'chai';
import { BotStorage } from '../../src/adapters/bot-framework/bot-storage.ts';
import { PrivacyBot } from '../../src/adapters/bot-framework/privacy-bot.ts';
import { conversationsIn } from '../../src/adapters/bot-framework/stored-conversations.ts';
import { teamsPeopleIn } from '../../src/adapters/bot-framework/teams-people.ts';
import { memoryDocuments } from '../../src/adapters/memory/memory-documents.ts';
import { noPages } from '../../src/conversation/render.ts';
import { memoryHost } from '../../src/host.ts';
import { assistant } from '../conversation/some-assistant.ts';

const clock = () => new Date('2026-01-31T09:00:00Z');

function someBot(storage = new BotStorage(memoryDocuments(), clock, 24), handOffTo: string | null = null) {
  const reports: object[] = [];
  const host = memoryHost(assistant, { conversations: conversationsIn(storage), clock });
  const { tickets, office } = host;
  const bot = new PrivacyBot(host, {
    links: noPages,
    clock,
    report: (report) => reports.push(report),
    handOffTo: () => handOffTo,
    tenants: null,
    people: teamsPeopleIn(memoryDocuments()),
    office,
    writeTo: async () => {},
    appId: '',
  });
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

describe('the bot on channels of different kinds', () => {
  const answer = async (channelId: string, channelData?: object) => {
    const { adapter } = someBot();
    await adapter.send({
      type: 'message',
      text: 'säljer ni mina uppgifter till andra?',
      channelId,
      channelData,
    });
    return adapter.activeQueue.splice(0).at(-1);
  };
  const quote = 'Vi säljer eller hyr inte ut dina personuppgifter till externa företag';

  it('sends a card where cards are shown', async () => {
    for (const channel of ['directline', 'webchat', 'msteams', 'emulator']) {
      const { attachments, text } = (await answer(channel)) ?? {};
      expect(attachments?.[0]?.contentType, channel).to.equal('application/vnd.microsoft.card.adaptive');
      expect(attachments?.[0]?.content.fallbackText, channel).to.include(quote);
      expect(text, channel).to.equal(undefined);
    }
  });

  it('sends the same words where they are not', async () => {
    for (const channel of ['slack', 'sms', 'email']) {
      const { attachments, text } = (await answer(channel)) ?? {};
      expect(attachments, channel).to.equal(undefined);
      expect(text, channel).to.include(quote).and.to.include('24 augusti 2018').and.to.include('1. ');
    }
    expect((await answer('slack'))?.textFormat).to.equal('markdown');
  });

  it('sends plain text, without marks or buttons, to channels that show letters as they come', async () => {
    const { text, textFormat, suggestedActions } = (await answer('sms')) ?? {};
    expect(textFormat).to.equal('plain');
    expect(text).to.not.match(/\*\*|\]\(/);
    expect(suggestedActions).to.equal(undefined);
  });

  it('sends no card to a client that says that it shows none', async () => {
    const { attachments, text } = (await answer('directline', { cards: false })) ?? {};
    expect(attachments).to.equal(undefined);
    expect(text).to.include(quote);
  });
});

describe('a person who takes over', () => {
  it('is handed the conversation after a yes, without what tells who somebody is', async () => {
    const { adapter } = someBot(undefined, 'privacy desk');
    await answers(adapter, 'jag heter Anna Berg, anna@example.se, 070-174 06 05. hur länge sparas mitt cv?');
    const asked = await answers(adapter, 'jag vill prata med en människa');
    expect(asked.some(({ type }) => type === 'event')).to.equal(false);
    const told = await answers(adapter, 'ja');
    const handOff = told.find(({ type }) => type === 'event');
    expect(handOff).to.deep.include({ name: 'handoff.initiate', value: { Skill: 'privacy desk' } });
    const transcript = JSON.stringify(handOff?.attachments);
    expect(transcript).to.include('hur länge sparas mitt cv').and.to.include('retention-1');
    expect(transcript).to.not.match(/anna|berg|example|174/i);
  });

  it('is no dead end where nobody is there', async () => {
    const { adapter } = someBot(undefined, 'privacy desk');
    await answers(adapter, 'jag vill prata med en människa');
    await answers(adapter, 'ja');
    await adapter.send({ type: 'event', name: 'handoff.status', value: { state: 'failed' } });
    const said = adapter.activeQueue.splice(0).map(({ text }) => text);
    expect(said.join()).to.include('ingen ledig').and.to.include('Hur når vi dig');
  });

  it('gets a message instead where none is configured, also after two misunderstandings and a yes', async () => {
    const { adapter, tickets } = someBot();
    await answers(adapter, 'vad blir det för väder i morgon?');
    await answers(adapter, 'vem vann matchen igår?');
    for (const text of ['ja', 'anna@example.se', 'ja']) await answers(adapter, text);
    const [entry] = await tickets.pending(clock(), 10);
    expect((await tickets.byId(entry?.ticketId ?? ''))?.ticket.type).to.equal('human_contact');
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
