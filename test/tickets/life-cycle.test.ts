import { expect } from 'chai';
import { addDays } from '../../src/tickets/calendar.ts';
import { deadline } from '../../src/tickets/deadline.ts';
import { allowedNext, move, stepsFrom, TransitionError } from '../../src/tickets/life-cycle.ts';
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

  it('extends once, by the law of where the person lives', () => {
    const step = { at, by: 'officer', reason: 'x' };
    const extended = move(someTicket('a', { status: 'in_progress' }), 'extended', step);
    const asked = move(extended, 'awaiting_verification', step);
    expect(() => move(move(asked, 'in_progress', step), 'extended', step)).to.throw(
      TransitionError,
      'already',
    );
    const { receivedAt } = someTicket('a');
    const counted = deadline('month', new Date(receivedAt), 'US');
    const american = someTicket('b', { status: 'in_progress', due: counted.due, dueRule: counted.rule });
    expect(counted.due && move(american, 'extended', step).due).to.equal(addDays(counted.due ?? '', 45));
    const optOut = deadline('at_once', new Date(receivedAt), 'US');
    const out = someTicket('c', { status: 'in_progress', due: optOut.due, dueRule: optOut.rule });
    expect(() => move(out, 'extended', step)).to.throw(TransitionError);
  });

  it('asks nobody for proof who objects to marketing', () => {
    const ticket = someTicket('a', { type: 'marketing_opt_out', status: 'in_progress' });
    expect(stepsFrom(ticket, at)).to.not.include('awaiting_verification');
    expect(() => move(ticket, 'awaiting_verification', { at, by: 'officer' })).to.throw(TransitionError);
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
