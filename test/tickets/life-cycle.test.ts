import { expect } from 'chai';
import { allowedNext, move, TransitionError } from '../../src/tickets/life-cycle.ts';
import { statuses } from '../../src/tickets/ticket.ts';
import { someTicket } from './some-ticket.ts';

const at = new Date('2026-02-10T12:00Z');

describe('the life of a ticket', () => {
  it('goes from submitted through work to completed, step by step in its history', () => {
    const working = move(someTicket('a'), 'in_progress', { at, by: 'officer' });
    const done = move(working, 'completed', { at, by: 'officer' });
    expect(done.status).to.equal('completed');
    expect(done.history.map((step) => `${step.from} → ${step.to}`)).to.deep.equal([
      'submitted → in_progress',
      'in_progress → completed',
    ]);
  });

  it('leaves the ticket given as it was', () => {
    const ticket = Object.freeze(someTicket('a'));
    move(ticket, 'in_progress', { at, by: 'officer' });
    expect(ticket.status).to.equal('submitted');
  });

  it('allows no step out of an end', () => {
    for (const end of ['completed', 'refused', 'withdrawn', 'referred', 'expired'] as const) {
      expect(allowedNext(end)).to.deep.equal([]);
      for (const to of statuses)
        expect(() => move(someTicket('a', { status: end }), to, { at, by: 'officer', reason: 'x' })).to.throw(
          TransitionError,
        );
    }
  });

  for (const to of ['refused', 'referred', 'extended'] as const) {
    it(`wants a reason for ${to}`, () => {
      const ticket = someTicket('a', { status: 'in_progress' });
      expect(() => move(ticket, to, { at, by: 'officer', reason: '  ' })).to.throw(TransitionError, 'reason');
      expect(
        move(ticket, to, { at, by: 'officer', reason: 'many requests' }).history.at(-1)?.reason,
      ).to.equal('many requests');
    });
  }

  it('extends to three months from receipt', () => {
    const ticket = someTicket('a', { status: 'in_progress' });
    expect(move(ticket, 'extended', { at, by: 'officer', reason: 'complex' }).due).to.equal('2026-04-30');
  });

  it('extends only before the first date has passed', () => {
    const late = new Date('2026-03-03T12:00Z');
    expect(() =>
      move(someTicket('a', { status: 'in_progress' }), 'extended', { at: late, by: 'officer', reason: 'x' }),
    ).to.throw(TransitionError);
  });

  it('names the ticket, never the person, in its error', () => {
    const ticket = someTicket('a', { status: 'completed' });
    expect(() => move(ticket, 'submitted', { at, by: 'officer' }))
      .to.throw(TransitionError)
      .with.property('message')
      .that.includes(ticket.number)
      .and.does.not.include('anna');
  });
});
