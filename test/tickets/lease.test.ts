import { expect } from 'chai';
import { memoryDocuments } from '../../src/adapters/memory/memory-documents.ts';
import { leaseIn } from '../../src/tickets/lease.ts';

describe('a lease', () => {
  let now = new Date('2026-02-01T12:00Z');
  const clock = () => now;
  const pass = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };

  it('lets one of several instances work, and that one again', async () => {
    const documents = memoryDocuments();
    const leases = ['a', 'b', 'c'].map((holder) => leaseIn(documents, 'couriers', holder, clock));
    const done: number[] = [];
    const round = () =>
      Promise.all(leases.map((lease, index) => lease.during(async () => void done.push(index))));
    const first = await round();
    pass(30);
    const second = await round();
    expect(first.filter(Boolean)).to.have.length(1);
    expect(second).to.deep.equal(first);
    expect(done).to.deep.equal([first.indexOf(true), first.indexOf(true)]);
  });

  it('passes to another where nobody has heard of its holder for a minute', async () => {
    const documents = memoryDocuments();
    const [a, b] = ['a', 'b'].map((holder) => leaseIn(documents, 'couriers', holder, clock));
    expect(await a?.during(async () => {})).to.equal(true);
    pass(59);
    expect(await b?.during(async () => {})).to.equal(false);
    pass(2);
    expect(await b?.during(async () => {})).to.equal(true);
    expect(await a?.during(async () => {})).to.equal(false);
  });

  it('of another name is another lease, and work that fails leaves it held', async () => {
    const documents = memoryDocuments();
    const failing = leaseIn(documents, 'purge', 'a', clock).during(async () => {
      throw new Error('failed');
    });
    expect(await failing.catch((error: Error) => error.message)).to.equal('failed');
    expect(await leaseIn(documents, 'purge', 'b', clock).during(async () => {})).to.equal(false);
    expect(await leaseIn(documents, 'couriers', 'b', clock).during(async () => {})).to.equal(true);
  });
});
