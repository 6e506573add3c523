import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { sqliteTickets } from '../../src/adapters/sqlite/sqlite-tickets.ts';
import { type Service, start } from '../../src/service.ts';
import { move } from '../../src/tickets/life-cycle.ts';
import { entriesForMove } from '../../src/tickets/outbox.ts';
import type { TicketStore } from '../../src/tickets/ticket-store.ts';
import { startByHand } from './by-hand.ts';
import { startPlayground } from './playground.ts';
import type { TeamsChat } from './teams-chat.ts';

const NUMBER = /SA-[0-9A-Z]{4}-[0-9A-Z]{4}/;
const ways: Record<string, (endpoint: string) => Promise<TeamsChat>> = {
  'activity by activity': startByHand,
  // Where the Playground cannot be had, it says so and what it would show is asked for by hand.
  'in the Agents Playground': async (endpoint) =>
    (await startPlayground(endpoint)) ?? (await startByHand(endpoint)),
};

for (const [way, startChat] of Object.entries(ways)) {
  describe(`the service in Teams, ${way}`, function () {
    this.timeout(300_000);
    const folder = mkdtempSync(join(tmpdir(), 'teams-'));
    let service: Service;
    let chat: TeamsChat;
    before(async () => {
      service = await start({ PORT: '0', DATA_DIR: folder }, pino({ level: 'silent' }));
      chat = await startChat(`http://127.0.0.1:${service.port}/api/messages`);
    });
    after(async () => {
      await chat?.stop();
      await service.stop('test');
      rmSync(folder, { recursive: true });
    });

    async function inStore<T>(use: (tickets: TicketStore) => Promise<T>): Promise<T> {
      const database = openDatabase(join(folder, 'assistant.db'));
      try {
        return await use(sqliteTickets(database));
      } finally {
        database.close();
      }
    }
    const ticketIn = async (text: string) => {
      const stored = await inStore((tickets) => tickets.byNumber(NUMBER.exec(text)?.[0] ?? ''));
      if (!stored) throw new Error('This text names no ticket');
      return stored.ticket;
    };

    it('answers with a card that quotes the notice', async () => {
      await chat.say('säljer ni mina uppgifter till andra?');
      const card = await chat.sees('Vi säljer eller hyr inte ut dina personuppgifter');
      expect(card).to.include('24 augusti 2018');
    });

    it('replaces the form by the summary and the summary by the receipt, where they stand', async () => {
      await chat.say('radera mina uppgifter');
      await chat.sees('Granska');
      const before = await chat.count();
      await chat.fill('Granska', { Namn: 'Anna Berg', 'E-postadress': 'anna@example.se' });
      await chat.press('Granska', 'Granska');
      const summary = await chat.sees('Stämmer det?');
      expect(summary).to.include('Anna Berg').and.include('anna@example.se');
      expect(await chat.count()).to.equal(before);
      await chat.press('Stämmer det?', 'Skicka in');
      const receipt = await chat.sees('Ärendenummer');
      expect(await chat.misses('Stämmer det?')).to.equal(true);
      await chat.sees('Vill du göra något mer?');
      expect(await chat.count()).to.equal(before + 1);
      const ticket = await ticketIn(receipt);
      expect(ticket).to.include({ type: 'erasure', status: 'submitted' });
      expect(ticket.slots).to.include({ name: 'Anna Berg', email: 'anna@example.se' });
    });

    it('finds a passage for the message extension and puts it into a message word for word', async () => {
      const titles = await chat.search('säljer ni mina uppgifter?');
      expect(titles.length).to.be.greaterThan(1);
      expect(await chat.insert()).to.include('Vi säljer eller hyr inte ut dina personuppgifter');
    });

    it('opens “Registrera begäran” and files a ticket that says who filed it', async () => {
      expect(await chat.act()).to.include('File a request');
      const told = await chat.submit(
        { 'What the person wants': 'Erase my data', Name: 'Bo Ek', 'E-mail address': 'bo@example.se' },
        'File',
        'SA-',
      );
      const ticket = await ticketIn(told);
      expect(ticket).to.include({ type: 'erasure', status: 'submitted' });
      expect(ticket.slots).to.include({ name: 'Bo Ek', email: 'bo@example.se' });
      expect(ticket.filedBy?.reference).to.be.a('string');
    });

    it('answers questions in a group, and takes a wish up in a chat of the person’s own', async () => {
      await chat.open('group');
      await chat.say('säljer ni mina uppgifter till andra?');
      await chat.sees('Vi säljer eller hyr inte ut dina personuppgifter');
      await chat.say('jag vill se mina uppgifter');
      await chat.open('personal');
      expect(await chat.sees('Begär registerutdrag')).to.include('Granska');
      await chat.open('group');
      expect(await chat.misses('Granska')).to.equal(true);
    });

    it('files a request out of a message, and tells who filed it when it moves on', async () => {
      await chat.open('personal');
      await chat.say('Hej! Jag heter Eva Lind, eva@example.se. Radera mina uppgifter, tack.');
      const dialog = await chat.act('Hej! Jag heter Eva Lind, eva@example.se. Radera mina uppgifter, tack.');
      expect(dialog).to.include('Eva Lind').and.include('eva@example.se');
      const { number } = await ticketIn(await chat.submit({}, 'File', 'SA-'));
      await inStore(async (tickets) => {
        const stored = await tickets.byNumber(number);
        if (!stored) throw new Error('The ticket is not there');
        const moved = move(stored.ticket, 'in_progress', { at: new Date(), by: 'desk' });
        await tickets.update(moved, stored.etag, entriesForMove(moved));
      });
      await chat.sees('Something has happened with a request that you filed');
      await chat.sees(number);
    });
  });
}
