import { expect } from 'chai';
import { type FiledFor, fileFor } from '../../src/conversation/file-for.ts';
import { instantAt } from '../../src/tickets/calendar.ts';
import { ticketSchema } from '../../src/tickets/ticket.ts';
import { assistant } from './some-assistant.ts';

const filing = {
  by: 'aad',
  role: 'recruiter' as const,
  channel: 'msteams',
  form: 'f',
  locale: 'sv' as const,
  now: new Date('2026-02-10T12:00:00Z'),
};
const filed: FiledFor = {
  type: 'erasure',
  slots: {
    name: 'Anna Berg',
    email: 'Anna@example.se',
    phone: '',
    country: 'Norge',
    relation: 'candidate',
    details: '',
  },
  day: '2026-01-31',
  time: '10:00',
};
const ticketOf = (changes: Partial<FiledFor>) => {
  const result = fileFor({ ...filed, ...changes }, filing, assistant);
  return 'ticket' in result ? result.ticket : expect.fail(JSON.stringify(result.faults));
};
const faultsOf = (changes: Partial<FiledFor>) => {
  const result = fileFor({ ...filed, ...changes }, filing, assistant);
  return 'faults' in result ? result.faults.map(({ slot, id }) => `${slot} ${id}`) : [];
};

describe('a request that is filed for somebody else', () => {
  it('is received when it was made, and due a month from then', () => {
    const ticket = ticketSchema.parse(ticketOf({}));
    expect(ticket).to.include({
      receivedAt: '2026-01-31T09:00:00.000Z',
      createdAt: '2026-02-10T12:00:00.000Z',
      due: '2026-03-02',
    });
    expect(ticket.filedBy).to.deep.equal({ role: 'recruiter', reference: 'aad' });
    expect(ticket.slots).to.deep.equal({
      name: 'Anna Berg',
      email: 'anna@example.se',
      country: 'NO',
      relation: 'candidate',
    });
  });

  it('says which officer has filed it, where it was one', () => {
    const result = fileFor(filed, { ...filing, by: 'kim', role: 'officer', channel: 'desk' }, assistant);
    const ticket = 'ticket' in result ? result.ticket : expect.fail(JSON.stringify(result.faults));
    expect(ticket.filedBy).to.deep.equal({ role: 'officer', reference: 'kim' });
    expect(ticket.history.map(({ by }) => by)).to.deep.equal(['kim']);
    expect(ticketOf({}).history.map(({ by }) => by)).to.deep.equal(['recruiter']);
  });

  it('counts a day without a time from noon, and today from now', () => {
    expect(ticketOf({ time: '' }).receivedAt).to.equal('2026-01-31T11:00:00.000Z');
    expect(ticketOf({ day: '2026-02-10', time: '' }).receivedAt).to.equal(filing.now.toISOString());
  });

  it('puts what it is about where the type wants it', () => {
    const slots = { ...filed.slots, details: 'Fel födelseår, ska vara 1990' };
    expect(ticketOf({ type: 'rectification', slots }).slots.data).to.equal('Fel födelseår, ska vara 1990');
    expect(ticketOf({ type: 'complaint', slots }).slots.event).to.equal('Fel födelseår, ska vara 1990');
  });

  it('names everything that is missing or wrong', () => {
    expect(faultsOf({ type: '' })).to.deep.equal(['type form.required']);
    expect(
      faultsOf({
        type: 'rectification',
        slots: { name: '', email: 'x', country: 'Atlantis' },
        day: '2026-03-01',
      }),
    ).to.have.members([
      'email invalid.email',
      'country invalid.country',
      'name form.required',
      'details form.required',
      'received file.received_wrong',
    ]);
  });

  it('takes an opt-out by an address or a number alone, and wants one of them', () => {
    const none = { name: 'Anna', email: '', phone: '', country: '', relation: '', details: '' };
    expect(faultsOf({ type: 'marketing_opt_out', slots: none })).to.deep.equal(['email form.one_of']);
    expect(
      ticketOf({ type: 'marketing_opt_out', slots: { ...none, phone: '070-174 06 05' } }).slots.phone,
    ).to.equal('+46701740605');
  });

  it('refuses a time that has not been, is long ago, or never was', () => {
    for (const day of ['2026-02-11', '2024-12-31', '2026-02-30', 'i går', ''])
      expect(faultsOf({ day }), day).to.deep.equal(['received file.received_wrong']);
  });

  it('masks a personal identity number', () => {
    const slots = { ...filed.slots, details: '811218-9876' };
    expect(JSON.stringify(ticketOf({ slots }))).to.not.include('9876');
  });

  it('leaves no mask in a name or an address, gives the form back without the number, and says so', () => {
    const slots = { ...filed.slots, name: 'Anna 811218-9876', details: 'Allt om 811218-9876' };
    expect(ticketOf({ slots }).slots).to.include({ name: 'Anna', data: 'Allt om [•••]' });
    const { shown, masked } = fileFor({ ...filed, slots, day: '' }, filing, assistant);
    expect(shown).to.include({ name: 'Anna', details: 'Allt om [•••]' });
    expect(masked).to.equal(true);
    expect(fileFor(filed, filing, assistant).masked).to.equal(false);
  });

  it('says that a field is too long where that is what is wrong', () => {
    const slots = { ...filed.slots, email: `${'a'.repeat(200)}@example.se`, details: 'a '.repeat(1100) };
    expect(faultsOf({ type: 'rectification', slots })).to.deep.equal([
      'email form_page.too_long_line',
      'details form_page.too_long_text',
    ]);
  });
});

describe('an instant by the clocks of a place', () => {
  it('knows summer and winter', () => {
    expect(instantAt('2026-07-01', '08:00', 'Europe/Stockholm')?.toISOString()).to.equal(
      '2026-07-01T06:00:00.000Z',
    );
    expect(instantAt('2026-12-01', '08:00', 'Europe/Stockholm')?.toISOString()).to.equal(
      '2026-12-01T07:00:00.000Z',
    );
  });

  it('does not make up an hour that is skipped, and takes the first of one that comes twice', () => {
    expect(instantAt('2026-03-29', '02:30', 'Europe/Stockholm')).to.equal(null);
    expect(instantAt('2026-10-25', '02:30', 'Europe/Stockholm')?.toISOString()).to.equal(
      '2026-10-25T00:30:00.000Z',
    );
  });
});
