import { expect } from 'chai';
import { readContent } from '../../src/content/content.ts';
import { ROOT } from '../../src/paths.ts';
import { amended } from '../../src/tickets/amended.ts';
import { deadline } from '../../src/tickets/deadline.ts';
import { someTicket } from './some-ticket.ts';

const content = readContent(ROOT);
const receivedAt = '2026-01-31T09:00:00.000Z';
const counted = (country: string | null) => deadline('month', new Date(receivedAt), country);
const ticket = someTicket('k', {
  type: 'access',
  slots: { name: 'Anna Berg', email: 'anna@example.se', phone: '+46701740605' },
  receivedAt,
  due: counted(null).due,
  dueRule: counted(null).rule,
});

describe('an amended ticket', () => {
  it('finds who answers and by when anew where the country is another', () => {
    const moved = amended(ticket, { ...ticket.slots, country: 'US' }, content);
    expect(moved.recipient).to.deep.equal({ team: ticket.recipient.team, entity: 'inc' });
    expect(moved.due).to.equal(counted('US').due);
    expect(moved.dueRule).to.equal(counted('US').rule);
    const back = amended(moved, ticket.slots, content);
    expect(back.due).to.equal(ticket.due);
    expect(back.recipient.entity).to.equal('limited');
  });

  it('keeps a day that has been put off', () => {
    const extended = { ...ticket, status: 'extended' as const, due: '2026-05-04' };
    expect(amended(extended, { ...ticket.slots, country: 'US' }, content).due).to.equal('2026-05-04');
  });

  it('holds nobody for shown who is another than before', () => {
    const identityOf = (identity: 'email_confirmed' | 'verified', change: object) =>
      amended({ ...ticket, identity }, { ...ticket.slots, ...change }, content).identity;
    expect(identityOf('email_confirmed', { name: 'Anna Ek' })).to.equal('email_confirmed');
    expect(identityOf('email_confirmed', { email: 'viktoria@example.se' })).to.equal('unconfirmed');
    expect(identityOf('verified', { country: 'NO' })).to.equal('verified');
    expect(identityOf('verified', { name: 'Viktoria Ek' })).to.equal('unconfirmed');
    expect(identityOf('verified', { phone: '+46701740606' })).to.equal('unconfirmed');
  });
});
