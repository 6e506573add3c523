import { expect } from 'chai';
import { ConversationConflict, converse } from '../../src/conversation/converse.ts';
import { codeIn } from '../../src/conversation/follow-ticket.ts';
import { entriesFor } from '../../src/tickets/outbox.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { heard, someHost, textOf } from './some-assistant.ts';

const began = Date.parse('2026-01-31T09:00:00Z');
const later = new Date('2026-01-31T09:10:00Z');

// A request that was sent in another conversation, and somebody who asks about it in this one.
async function setUp() {
  const host = someHost();
  const ticket = someTicket('another conversation', {
    slots: { name: 'Anna Berg', email: 'Anna@Example.se' },
  });
  await host.tickets.create(ticket, entriesFor(ticket));
  let turn = 0;
  const say = async (text: string, conversation = 'c') => {
    turn += 1;
    const now = new Date(began + turn * 1000);
    const outcome = await converse({ ...heard(text, `t${turn}`), conversation, now }, host);
    // The code is sent after the answer.
    await host.settled();
    return { ...outcome, text: textOf(outcome) };
  };
  const stored = async () => (await host.tickets.byId(ticket.id))?.ticket;
  const code = async () => {
    const what = { ticketId: ticket.id, address: 'anna@example.se', door: 'find' as const };
    return (await host.confirmations.codeOf(what, later)) ?? '';
  };
  const codesDue = async () => host.tickets.pending(later, 99, ['mail.code']);
  return { host, ticket, say, stored, code, codesDue };
}

describe('following a request in another conversation', () => {
  it('tells how it goes once the code that was mailed has been told', async () => {
    const { ticket, say, stored, code, codesDue } = await setUp();
    const asked = await say(`hur går det med ${ticket.number}`);
    expect(asked.text).to.include('Skriv e-postadressen');
    const sent = await say('anna@example.se');
    expect(sent.text).to.include('Om numret och adressen hör ihop');
    expect(await codesDue()).to.have.length(1);
    const aside = await say('hur länge sparas mitt cv?');
    expect(aside.kind).to.equal('question');
    const digits = await code();
    const shown = await say(`koden är ${digits.slice(0, 3)} ${digits.slice(3)}`);
    expect(shown.text).to.include(`Ärende **${ticket.number}**`).and.include('inskickat');
    expect((await stored())?.identity).to.equal('email_confirmed');
    expect((await say(`status ${ticket.number}`)).text).to.include('inskickat');
  });

  it('takes a request back, once asked, after the code', async () => {
    const { host, ticket, say, stored, code } = await setUp();
    await say(`jag vill dra tillbaka ${ticket.number}, anna@example.se`);
    const asked = await say(await code());
    expect(asked.text).to.include('Vill du ta tillbaka ärende');
    expect((await stored())?.status).to.equal('submitted');
    const done = await say('ja');
    expect(done.text).to.include('du har tagit tillbaka ärende');
    expect((await stored())?.status).to.equal('withdrawn');
    const due = (await host.tickets.pending(later, 99)).map(({ kind }) => kind);
    expect(due).to.include('mail.moved').and.include('ticket.moved');
    expect((await say(`ändra ${ticket.number}`)).text).to.include('avslutat');
  });

  it('changes a request, and with its country whoever answers and by when', async () => {
    const { ticket, say, stored, code } = await setUp();
    await say(`ändra ${ticket.number}, anna@example.se`);
    expect((await say(await code())).text).to.include('Anna Berg');
    await say('jag bor i USA');
    expect((await stored())?.slots.country).to.equal(undefined);
    const done = await say('ja');
    expect(done.text).to.include('är sparad');
    const { slots, recipient, due, dueRule } = (await stored()) ?? ticket;
    expect(slots).to.include({ name: 'Anna Berg', country: 'US' });
    expect(recipient.entity).to.equal('inc');
    expect(dueRule).to.not.equal(ticket.dueRule);
    expect(due).to.not.equal(ticket.due);
  });

  it('answers a wrong number, a wrong address and a wrong code alike', async () => {
    const { ticket, say, codesDue } = await setUp();
    const wrong = [`SA-0000-0000`, ticket.number];
    const answers: string[][] = [];
    for (const number of wrong) {
      const conversation = number;
      answers.push([
        (await say(`status ${number}`, conversation)).text,
        (await say('kim@example.se', conversation)).text,
        (await say('123456', conversation)).text,
        (await say('ny kod', conversation)).text,
      ]);
    }
    expect(answers[0]).to.deep.equal(answers[1]);
    expect(await codesDue()).to.have.length(0);
    const [right] = [`status ${ticket.number}, anna@example.se`];
    await say(right, 'theirs');
    expect((await say('000000', 'theirs')).text).to.equal(answers[0]?.[2]);
  });

  it('sends five codes a day and takes five tries of each, and no more', async () => {
    const { ticket, say, code, codesDue } = await setUp();
    await say(`status ${ticket.number}, anna@example.se`);
    const right = await code();
    const wrong = right === '111111' ? '222222' : '111111';
    for (let n = 0; n < 5; n += 1) await say(wrong);
    expect((await say(right)).text).to.include('Den koden gäller inte');
    for (let n = 0; n < 9; n += 1) await say('ny kod');
    expect(await codesDue()).to.have.length(5);
  });

  it('does nothing with a request that is not theirs, whatever a button says', async () => {
    const { ticket, say, stored } = await setUp();
    expect((await say(`!withdraw ${ticket.number}`)).text).to.include('Skriv e-postadressen');
    expect((await say('ja')).text).to.not.include('tagit tillbaka');
    await say(`!amend ${ticket.number}`);
    await say('ja');
    expect((await stored())?.status).to.equal('submitted');
  });

  it('withdraws once where the turn comes twice', async () => {
    const { host, ticket, say, code, stored } = await setUp();
    await say(`jag vill ta tillbaka ${ticket.number}, anna@example.se`);
    await say(await code());
    const yes = { ...heard('ja', 'twice'), conversation: 'c' };
    const [one, other] = await Promise.all([converse(yes, host), converse(yes, host)]);
    expect(textOf(one)).to.equal(textOf(other));
    expect((await stored())?.history.filter(({ to }) => to === 'withdrawn')).to.have.length(1);
  });

  it('keeps what an officer has put right while the person changed something else', async () => {
    const { host, ticket, say, stored, code } = await setUp();
    await say(`ändra ${ticket.number}, anna@example.se`);
    await say(await code());
    const found = await host.tickets.byId(ticket.id);
    if (!found) return expect.fail('the ticket is gone');
    const slots = { ...found.ticket.slots, phone: '+46701740605' };
    await host.office.amend(found, { ...found.ticket, slots }, { id: 'o', role: 'officer' });
    await say('jag bor i USA');
    await say('ja');
    expect((await stored())?.slots).to.include({ phone: '+46701740605', country: 'US', name: 'Anna Berg' });
  });

  it('shows nothing more to the old address once the ticket has another', async () => {
    const { host, ticket, say, code } = await setUp();
    await say(`status ${ticket.number}, anna@example.se`);
    await say(await code());
    const found = await host.tickets.byId(ticket.id);
    if (!found) return expect.fail('the ticket is gone');
    const slots = { ...found.ticket.slots, email: 'ratt@example.se' };
    await host.office.amend(found, { ...found.ticket, slots }, { id: 'o', role: 'officer' });
    const asked = await say(`ändra ${ticket.number}`);
    expect(asked.text).to.include('Skriv e-postadressen').and.not.include('ratt@example.se');
  });

  it('takes no code for a phone number', async () => {
    const { ticket, say, code } = await setUp();
    await say(`ändra ${ticket.number}, anna@example.se`);
    const digits = await code();
    for (const text of [digits, `koden är ${digits.slice(0, 3)} ${digits.slice(3)}`]) {
      const shown = await say(text);
      if (shown.text.includes('Vi ändrar')) expect(shown.text).to.not.include('telefonnummer');
    }
    expect((await say(`ändra ${ticket.number}`)).text)
      .to.include('Anna Berg')
      .and.not.include('telefonnummer');
  });

  it('takes no phone number for a code', () => {
    for (const text of ['070-123 45 67', '+46 70 174 06 05', '0701740605', '1234567', '070 174 06 05'])
      expect(codeIn(text), text).to.equal(null);
    for (const text of ['123456', '123 456', '123-456', 'koden är 123456.', 'här: 123 456, tack'])
      expect(codeIn(text), text).to.equal('123456');
  });

  it('uses a code once though two turns meet', async () => {
    const { host, ticket, say, code } = await setUp();
    await say(`status ${ticket.number}, anna@example.se`);
    const digits = await code();
    let conflicts = 1;
    const { save } = host.conversations;
    host.conversations.save = async (...given) => {
      if (conflicts-- > 0) throw new ConversationConflict();
      await save(...given);
    };
    expect((await say(digits)).text).to.include(ticket.number);
  });

  it('changes nothing that has ended meanwhile', async () => {
    const { host, ticket, say, stored, code } = await setUp();
    await say(`ändra ${ticket.number}, anna@example.se`);
    await say(await code());
    await say('jag bor i USA');
    const found = await host.tickets.byId(ticket.id);
    if (!found) return expect.fail('the ticket is gone');
    await host.office.move(found, 'completed', { id: 'o', role: 'officer' });
    expect((await say('ja')).text).to.include('avslutat');
    expect((await stored())?.slots.country).to.equal(undefined);
    const ended = await host.tickets.byId(ticket.id);
    expect(
      ended && (await host.owners.amend(ended, ticket.slots).catch((error: Error) => error.name)),
    ).to.equal('TransitionError');
  });
});
