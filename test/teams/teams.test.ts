import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { z } from 'zod';
import { openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { sqliteAudit } from '../../src/adapters/sqlite/sqlite-audit.ts';
import { sqliteTickets } from '../../src/adapters/sqlite/sqlite-tickets.ts';
import { type Service, start } from '../../src/service.ts';
import { addDays, dayOf, HOME_ZONE } from '../../src/tickets/calendar.ts';
import { officeOf } from '../../src/tickets/office.ts';
import { officialFaults } from '../cards/official.ts';
import { someConnector } from './connector.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';
const cardSchema = z.looseObject({
  body: z.array(z.looseObject({ type: z.string() })),
  actions: z.array(z.looseObject({ data: z.record(z.string(), z.unknown()).optional() })).optional(),
});
const replySchema = z.object({ statusCode: z.number(), type: z.string(), value: z.unknown() });
const dialogSchema = z.object({
  task: z.object({ value: z.object({ card: z.object({ content: cardSchema }) }) }),
});

const personal = { id: 'personal-r', conversationType: 'personal', tenantId: 'home' };

describe('the service in Teams', () => {
  const folder = mkdtempSync(join(tmpdir(), 'teams-'));
  let connector: Awaited<ReturnType<typeof someConnector>>;
  let service: Service;
  const run = () => start({ PORT: '0', DATA_DIR: folder, TEAMS_TENANTS: 'home' }, pino({ level: 'silent' }));
  before(async () => {
    connector = await someConnector();
    service = await run();
  });
  after(async () => {
    await service.stop('test');
    await connector.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => connector.sent.splice(0));

  const send = async (changes: Record<string, unknown>) => {
    const response = await fetch(`http://127.0.0.1:${service.port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'message',
        id: randomUUID(),
        channelId: 'msteams',
        serviceUrl: connector.url,
        conversation: personal,
        from: { id: 'r', aadObjectId: 'aad-r' },
        recipient: { id: 'bot' },
        channelData: { tenant: { id: 'home' } },
        locale: 'sv-SE',
        ...changes,
      }),
    });
    const text = await response.text();
    return { status: response.status, body: text ? (JSON.parse(text) as unknown) : null };
  };
  const said = (conversation = 'personal-r') =>
    connector.sent.filter((each) => each.conversation === conversation).map(({ activity }) => activity);
  const lastCard = (conversation = 'personal-r') =>
    cardSchema.parse(
      said(conversation).findLast(({ attachments }) => attachments)?.attachments?.[0]?.content,
    );
  const execute = async (data: Record<string, unknown>, from = { id: 'r', aadObjectId: 'aad-r' }) => {
    const value = { action: { type: 'Action.Execute', verb: data.verb, data }, trigger: 'manual' };
    const { body } = await send({ type: 'invoke', name: 'adaptiveCard/action', value, from });
    return replySchema.parse(body);
  };
  const extension = (command: 'query' | 'fetchTask' | 'submitAction', value: object, changes = {}) =>
    send({ type: 'invoke', name: `composeExtension/${command}`, value, ...changes });

  it('answers a message with a card, and a pressed way on below it', async () => {
    await send({ text: 'hur länge sparas mitt cv?' });
    const card = lastCard();
    expect(JSON.stringify(card))
      .to.include('Vi lagrar insamlade personuppgifter')
      .and.to.include('/notice#retention-1');
    expect(officialFaults(card)).to.deep.equal([]);
    const reply = await execute({ verb: 'choice', choice: '!ask retention-2' });
    expect(reply).to.include({ statusCode: 200, type: 'application/vnd.microsoft.activity.message' });
    expect(JSON.stringify(lastCard())).to.include('/notice#retention-2');
  });

  it('does not take a card that was put into a message for something said', async () => {
    const card = '<span class="inline-compose-card" id="1"><span>Lagring</span></span>';
    const attachments = [{ contentType: CARD, content: { type: 'AdaptiveCard' } }];
    await send({ text: card, attachments });
    expect(said()).to.deep.equal([]);
    await send({ text: `${card} säljer ni mina uppgifter till andra?`, attachments });
    expect(JSON.stringify(lastCard())).to.include('Vi säljer eller hyr inte ut');
  });

  it('replaces a form by what it becomes: itself with faults, the summary, the receipt', async () => {
    await send({ text: 'radera mina uppgifter' });
    const data = lastCard().actions?.[0]?.data ?? {};
    const faulty = await execute({ ...data, slot_name: 'Anna Berg', slot_email: 'anna' });
    expect(faulty).to.include({ statusCode: 200, type: CARD });
    expect(JSON.stringify(faulty.value)).to.include('verkar inte vara hel');
    const summary = await execute({ ...data, slot_name: 'Anna Berg', slot_email: 'anna@example.se' });
    expect(JSON.stringify(summary.value)).to.include('FactSet').and.to.include('anna@example.se');
    const sendData = cardSchema.parse(summary.value).actions?.[0]?.data ?? {};
    connector.sent.splice(0);
    const receipt = await execute(sendData);
    expect(JSON.stringify(receipt.value))
      .to.match(/SA-\w{4}-\w{4}/)
      .and.to.include('Svar senast');
    expect(officialFaults(receipt.value as object)).to.deep.equal([]);
    expect(
      said().every(({ attachments }) => !JSON.stringify(attachments ?? '').includes('FactSet')),
    ).to.equal(true);
    const refresh = z
      .looseObject({
        refresh: z.looseObject({ action: z.looseObject({ data: z.looseObject({ number: z.string() }) }) }),
      })
      .parse(receipt.value);
    const { number } = refresh.refresh.action.data;
    const fresh = await execute({ verb: 'ticket', number });
    expect(JSON.stringify(fresh.value)).to.include(number).and.to.include('inskickat');
    const foreign = await send({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'ticket', data: { number } } },
      from: { id: 'x', aadObjectId: 'aad-x' },
      conversation: { id: 'personal-x', conversationType: 'personal', tenantId: 'home' },
    });
    expect(foreign.status).to.equal(403);
    expect(JSON.stringify(foreign.body)).to.not.include('inskickat');
  });

  it('answers what is no activity with 400, and a huge message in no time', async () => {
    for (const wrong of [
      { from: { id: 'r', aadObjectId: 5 } },
      { recipient: undefined },
      { entities: 'x' },
      { type: 'invoke', name: 5 },
    ])
      expect((await send(wrong)).status, JSON.stringify(wrong)).to.equal(400);
    const messagePayload = { body: { content: '<'.repeat(100_000) } };
    const { status } = await extension('fetchTask', { commandId: 'fileRequest', messagePayload });
    expect(status).to.equal(200);
  });

  it('answers an old card and a broken one kindly', async () => {
    const broken = await send({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'form', data: { form: 1 } } },
    });
    expect(broken.status).to.equal(400);
    const old = await execute({ verb: 'form', form: 'long gone', act: 'send', slots: {} });
    expect(JSON.stringify(old.value)).to.include('inget skickades');
  });

  describe('in a group', () => {
    const group = { id: 'group;messageid=1', conversationType: 'channel', isGroup: true, tenantId: 'home' };
    const mention = (text: string) => ({
      text: `<at>Sekretess</at> ${text}`,
      entities: [
        { type: 'mention', text: '<at>Sekretess</at>', mentioned: { id: 'bot', name: 'Sekretess' } },
      ],
      conversation: group,
    });

    it('answers a question where it was asked, without the mention', async () => {
      await send(mention('säljer ni mina uppgifter till andra?'));
      expect(JSON.stringify(lastCard(group.id))).to.include('Vi säljer eller hyr inte ut');
    });

    it('moves what is personal into a personal chat, and keeps none of it', async () => {
      await send({
        ...mention('radera mina uppgifter, Anna Berg, anna@example.se'),
        from: { id: 'm', aadObjectId: 'aad-m' },
      });
      const inGroup = JSON.stringify(said(group.id));
      expect(inGroup)
        .to.include('egen chatt')
        .and.to.not.match(/anna|Radera uppgifter/i);
      const personal = await connector.until(
        ({ conversation, activity }) => conversation === 'chat-m' && !!activity.attachments,
      );
      expect(JSON.stringify(personal.activity)).to.include('Radera uppgifter').and.to.not.match(/anna/i);
      connector.sent.splice(0);
      await send({ ...mention('anna@example.se'), from: { id: 'm', aadObjectId: 'aad-m' } });
      expect(JSON.stringify(said(group.id))).to.not.include('example.se');
    });

    it('says how to reach it where no chat can be begun', async () => {
      connector.refuse('no-app');
      await send({ ...mention('radera mina uppgifter'), from: { id: 'no-app', aadObjectId: 'aad-no-app' } });
      expect(JSON.stringify(said(group.id))).to.include('Öppna en egen chatt');
    });

    it('forgets the conversation of the group alone', async () => {
      await send({
        text: 'radera mina uppgifter',
        from: { id: 'f', aadObjectId: 'aad-f' },
        conversation: { ...personal, id: 'personal-f' },
      });
      await send({ ...mention('glöm den här konversationen'), from: { id: 'f', aadObjectId: 'aad-f' } });
      expect(said(group.id).at(-1)?.text).to.include('glömt');
      await send({
        text: 'Anna Berg, anna@example.se',
        from: { id: 'f', aadObjectId: 'aad-f' },
        conversation: { ...personal, id: 'personal-f' },
      });
      expect(JSON.stringify(lastCard('personal-f'))).to.include('anna@example.se');
    });

    it('keeps each person’s conversation to themselves', async () => {
      await send({
        ...mention('säljer ni mina uppgifter till andra?'),
        from: { id: 'one', aadObjectId: 'aad-1' },
      });
      await send({ ...mention('säg det igen'), from: { id: 'two', aadObjectId: 'aad-2' } });
      expect(said(group.id).at(-1)?.text).to.include('inget att upprepa');
    });
  });

  it('turns away another tenant', async () => {
    const other = { channelData: { tenant: { id: 'elsewhere' } } };
    await send({ text: 'hur länge sparas mitt cv?', ...other });
    expect(said().map(({ text }) => text)).to.deep.equal([
      'Den här assistenten används bara inom den egna organisationen.',
    ]);
    expect((await extension('query', { commandId: 'searchNotice' }, other)).status).to.equal(403);
  });

  it('finds passages for the message extension, as cards without buttons', async () => {
    const find = async (query: string) => {
      const { body } = await extension('query', {
        commandId: 'searchNotice',
        parameters: [{ name: 'query', value: query }],
      });
      const found = z.object({
        composeExtension: z.object({
          attachments: z.array(
            z.looseObject({
              content: cardSchema,
              preview: z.looseObject({ content: z.looseObject({ title: z.string() }) }),
            }),
          ),
        }),
      });
      return found.parse(body).composeExtension.attachments;
    };
    const found = await find('hur länge sparas ett cv');
    expect(found.length).to.be.within(2, 10);
    expect(JSON.stringify(found[0]?.content)).to.include('/notice#retention-1').and.to.not.include('Action.');
    for (const { content } of found) expect(officialFaults(content)).to.deep.equal([]);
    expect((await find('cookies')).map(({ preview }) => preview.content.title).join()).to.match(
      /cookie|kakor/i,
    );
    expect((await find('')).length).to.be.greaterThan(3);
    expect((await extension('query', { commandId: 'else' })).status).to.equal(400);
  });

  describe('filing for somebody else', () => {
    const open = async (messagePayload?: object) => {
      const { body } = await extension('fetchTask', {
        commandId: 'fileRequest',
        ...(messagePayload ? { messagePayload } : {}),
      });
      return dialogSchema.parse(body).task.value.card.content;
    };
    const idIn = (card: z.infer<typeof cardSchema>) => String(card.actions?.[0]?.data?.id);
    const file = (id: string, data: object, changes = {}) =>
      extension(
        'submitAction',
        {
          commandId: 'fileRequest',
          data: {
            id,
            type: 'access',
            name: 'Anna Berg',
            email: 'anna@example.se',
            day: dayOf(new Date(), HOME_ZONE),
            ...data,
          },
        },
        changes,
      );
    const numberIn = (body: unknown) => /SA-\w{4}-\w{4}/.exec(JSON.stringify(body))?.[0] ?? '';
    const stored = async (number: string) => {
      const database = openDatabase(join(folder, 'assistant.db'));
      const found = await sqliteTickets(database).byNumber(number);
      database.close();
      return found?.ticket;
    };

    it('fills the form in from the message it is about', async () => {
      const card = await open({
        createdDateTime: '2026-10-30T08:15:00Z',
        body: {
          contentType: 'html',
          content:
            '<p>Hej, jag heter Anna Berg. Radera allt ni har om mig, 811218-9876.<br>anna@example.se</p>',
        },
      });
      const form = JSON.stringify(card);
      expect(form)
        .to.include('"value":"erasure"')
        .and.to.include('anna@example.se')
        .and.to.include('Anna Berg');
      expect(form).to.include('2026-10-30').and.to.include('09:15');
      expect(form).to.not.include('9876');
      expect(officialFaults(card)).to.deep.equal([]);
    });

    it('keeps who filed it and when it was really received, and counts from then', async () => {
      const id = idIn(await open());
      const received = new Date(Date.now() - 5 * 24 * 3_600_000).toISOString().slice(0, 10);
      const { body } = await file(id, { day: received, time: '10:00' });
      const ticket = await stored(numberIn(body));
      expect(ticket?.filedBy).to.deep.equal({ role: 'recruiter', reference: 'aad-r' });
      expect(ticket?.receivedAt.slice(0, 10)).to.equal(received);
      expect(Date.now() - Date.parse(ticket?.createdAt ?? '')).to.be.within(0, 60_000);
      const again = await file(id, { day: received, time: '10:00' });
      expect(numberIn(again.body), 'the same form makes the same ticket').to.equal(numberIn(body));
    });

    it('offers to join what the same person has asked for before', async () => {
      const twin = { type: 'portability', email: 'twin@example.se' };
      const first = numberIn((await file(idIn(await open()), twin)).body);
      const id = idIn(await open());
      const asked = await file(id, { ...twin, details: 'Gärna som fil' });
      const card = dialogSchema.parse(asked.body).task.value.card.content;
      expect(officialFaults(card)).to.deep.equal([]);
      expect(JSON.stringify(card)).to.include(first).and.to.include('öppet ärende');
      const [join, apart] = card.actions ?? [];
      expect(numberIn((await file(id, join?.data ?? {})).body)).to.equal(first);
      expect((await stored(first))?.notes.map(({ text }) => text).join()).to.include('Gärna som fil');
      const other = numberIn((await file(id, apart?.data ?? {})).body);
      expect(other).to.match(/^SA-/).and.not.equal(first);
    });

    it('knows the same person by a telephone number too, and asks nothing about its own ticket', async () => {
      const twin = { type: 'portability', email: 'one@example.se', phone: '070-174 06 05' };
      const id = idIn(await open());
      const first = numberIn((await file(id, twin)).body);
      const asked = await file(idIn(await open()), { ...twin, email: 'two@example.se' });
      expect(JSON.stringify(asked.body)).to.include(first).and.to.include('öppet ärende');
      const again = await file(id, { ...twin, email: 'three@example.se' });
      expect(JSON.stringify(again.body)).to.not.include('öppet ärende');
      expect((await stored(first))?.slots.email).to.equal('three@example.se');
    });

    it('shows what is wrong and files nothing', async () => {
      const id = idIn(await open());
      const { body } = await file(id, { email: 'anna', day: '2099-01-01', type: 'rectification' });
      const form = JSON.stringify(dialogSchema.parse(body).task.value.card.content);
      expect(form)
        .to.include('verkar inte vara hel')
        .and.to.include('före nu')
        .and.to.include('behöver fyllas i');
      expect(numberIn(body)).to.equal('');
    });

    it('wants a person whom Teams has identified', async () => {
      const id = idIn(await open());
      expect((await file(id, {}, { from: { id: 'r' } })).status).to.equal(403);
    });

    it('tells the recruiter when it moves on, also after a restart', async () => {
      await send({ text: 'hej' });
      const { body } = await file(idIn(await open()), {});
      const number = numberIn(body);
      await service.stop('test');
      const database = openDatabase(join(folder, 'assistant.db'));
      const tickets = sqliteTickets(database);
      const found = await tickets.byNumber(number);
      if (!found) return expect.fail('it was not stored');
      const office = officeOf(tickets, sqliteAudit(database), () => new Date());
      const { ticket, etag } = await office.move(found, 'in_progress', { id: 'officer', role: 'officer' });
      // It comes first: what it says would have been said before what is waited for.
      const reminder = `${ticket.id}/near/2026-01-01`;
      const long = '2026-01-01T07:00:00.000Z';
      const past = { id: reminder, ticketId: ticket.id, kind: 'filer.near', attempts: 0 };
      const due = addDays(dayOf(new Date(), HOME_ZONE), 2);
      await tickets.update({ ...ticket, due }, etag, [{ ...past, createdAt: long, notBefore: long }]);
      database.close();
      service = await run();
      const told = await connector.until(({ activity }) => JSON.stringify(activity).includes('under arbete'));
      expect(told.conversation, 'the chat that Teams begins or finds for the recruiter').to.equal('chat-r');
      expect(JSON.stringify(told.activity)).to.include(number).and.to.not.match(/anna/i);
      const leads = said('chat-r').flatMap(({ text }) => text ?? []);
      expect(leads, 'nothing of a day that it is not due').to.deep.equal([
        'Det har hänt något i ett ärende som du har registrerat:',
      ]);
    });
  });
});
