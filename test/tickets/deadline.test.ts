import { expect } from 'chai';
import fc from 'fast-check';
import { addDays, holidayOn, isSaturday, isSunday } from '../../src/tickets/calendar.ts';
import { deadline } from '../../src/tickets/deadline.ts';

const due = (received: string, residence: string | null = 'SE') =>
  deadline('month', new Date(received), residence).due;

describe('a deadline', () => {
  // Cases of IMY's page "Tidsfrister" and of Regulation 1182/71; 5 April 2027 and 2028 fall on other weekdays.
  const golden: [string, string, string][] = [
    ['2029-03-05T10:00:00Z', '2029-04-05', '5 March → 5 April, in a year when that is a working day'],
    ['2027-11-25T10:00:00Z', '2027-12-27', '25 November → 27 December: 25 and 26 are holidays'],
    ['2026-08-31T10:00:00Z', '2026-09-30', '31 August → 30 September: September has no 31st'],
    ['2026-03-05T10:00:00Z', '2026-04-07', '5 March 2026 → 7 April 2026: Easter'],
    ['2026-01-31T10:00:00Z', '2026-03-02', '31 January 2026 → 2 March 2026: 28 February is a Saturday'],
    [
      '2026-06-30T23:30:00Z',
      '2026-08-03',
      '23:30 UTC on 30 June is 1 July in Stockholm; 1 August is a Saturday',
    ],
    ['2026-06-30T21:30:00Z', '2026-07-30', '21:30 UTC on 30 June is still 30 June in Stockholm'],
    ['2026-11-24T10:00:00Z', '2026-12-24', 'Christmas Eve is no public holiday'],
    ['2026-05-19T10:00:00Z', '2026-06-19', 'nor is Midsummer Eve'],
    ['2026-11-30T10:00:00Z', '2026-12-30', 'the day before New Year’s Eve'],
    ['2025-12-31T10:00:00Z', '2026-02-02', 'over the turn of the year; 31 January 2026 is a Saturday'],
  ];
  for (const [received, expected, why] of golden) it(why, () => expect(due(received)).to.equal(expected));

  it('says how it came about, step by step', () => {
    expect(deadline('month', new Date('2026-03-05T09:00Z'), 'SE').steps).to.deep.equal([
      { id: 'deadline.received', day: '2026-03-05' },
      { id: 'deadline.month', day: '2026-04-05' },
      {
        id: 'deadline.holiday',
        day: '2026-04-05',
        next: '2026-04-06',
        holiday: { sv: 'påskdagen', en: 'Easter Sunday' },
      },
      {
        id: 'deadline.holiday',
        day: '2026-04-06',
        next: '2026-04-07',
        holiday: { sv: 'annandag påsk', en: 'Easter Monday' },
      },
    ]);
  });

  it('is 30 days in Switzerland', () => {
    const counted = deadline('month', new Date('2026-01-12T09:00Z'), 'CH');
    expect(counted).to.include({ due: '2026-02-11', rule: 'swiss_30_days' });
  });

  it('is 45 calendar days in the United States, acknowledged within 10 business days', () => {
    const counted = deadline('month', new Date('2026-01-12T12:00Z'), 'US');
    expect(counted).to.include({ due: '2026-02-26', rule: 'california_45_days' });
    // 19 January is Martin Luther King Jr. Day.
    expect(counted.steps).to.deep.include({ id: 'deadline.acknowledge', day: '2026-01-27', days: 10 });
  });

  it('is 15 business days for an opt-out in the United States', () => {
    expect(deadline('at_once', new Date('2026-03-02T12:00Z'), 'US')).to.include({
      due: '2026-03-23',
      rule: 'california_opt_out',
    });
  });

  it('counts an unknown country as Sweden', () => {
    expect(due('2026-01-31T10:00:00Z', null)).to.equal('2026-03-02');
  });

  it('is none for a wish to talk', () => {
    expect(deadline('none', new Date('2026-01-12T12:00Z'), 'SE')).to.deep.equal({
      due: null,
      rule: 'none',
      steps: [],
    });
  });

  const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true });

  it('never falls on a day off, nor before a month, nor more than six days after it', () => {
    fc.assert(
      fc.property(instants, (received) => {
        const counted = deadline('month', received, 'SE');
        const day = counted.due ?? '';
        const month = counted.steps.find(
          (step) => step.id === 'deadline.month' || step.id === 'deadline.last_day_of_month',
        );
        const first = month && 'day' in month ? month.day : '';
        return (
          !isSaturday(day) &&
          !isSunday(day) &&
          holidayOn(day, 'SE') === null &&
          day >= first &&
          day <= addDays(first, 6)
        );
      }),
      { numRuns: 300 },
    );
  });

  it('never comes earlier for a later request', () => {
    fc.assert(
      fc.property(instants, instants, (one, other) => {
        const [first, second] = one <= other ? [one, other] : [other, one];
        return (deadline('month', first, 'SE').due ?? '') <= (deadline('month', second, 'SE').due ?? '');
      }),
      { numRuns: 300 },
    );
  });
});
