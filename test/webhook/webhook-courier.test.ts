import { expect } from 'chai';
import { memoryAudit } from '../../src/adapters/memory/memory-audit.ts';
import { memoryTickets } from '../../src/adapters/memory/memory-tickets.ts';
import type { Target } from '../../src/adapters/webhook/target.ts';
import {
  type GivenUp,
  type WebhookParts,
  webhookCourier,
} from '../../src/adapters/webhook/webhook-courier.ts';
import { requestJsonSchema } from '../../src/exports/request-json.ts';
import { verifyWebhook } from '../../src/exports/webhook-signature.ts';
import { deliverDue } from '../../src/tickets/courier.ts';
import { officeOf } from '../../src/tickets/office.ts';
import { entriesFor } from '../../src/tickets/outbox.ts';
import type { Ticket } from '../../src/tickets/ticket.ts';
import { fidesList } from '../exports/field-lists.ts';
import { content, options } from '../exports/some-options.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { type Receiver, receive } from './receiver.ts';

const now = new Date('2026-02-01T12:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const secret = 'a secret of both sides, long enough';

describe('webhooks', () => {
  let one: Receiver;
  let other: Receiver;
  beforeEach(async () => {
    [one, other] = [await receive(), await receive()];
  });
  afterEach(() => Promise.all([one.close(), other.close()]));

  const to = (url: string, changes: Partial<Target> = {}): Target => ({
    url,
    format: 'json',
    secret,
    token: null,
    ...changes,
  });
  const setUp = async (targets: readonly Target[], changes: Partial<WebhookParts> = {}, ticket?: Ticket) => {
    const tickets = memoryTickets();
    const filed = ticket ?? someTicket('a');
    const stored = await tickets.create(filed, entriesFor(filed));
    const givenUp: GivenUp[] = [];
    const failures: { error: string }[] = [];
    const courier = webhookCourier({
      targets,
      allowPrivate: true,
      exports: options,
      content,
      givenUp: async (entry) => {
        givenUp.push(entry);
      },
      ...changes,
    });
    const round = (at = now) =>
      deliverDue(tickets, [courier], {
        clock: () => at,
        undelivered: (failure) => failures.push(failure),
      });
    const office = officeOf(tickets, memoryAudit(), () => now);
    return { tickets, stored, givenUp, failures, round, office, ticket: filed };
  };

  it('carry our JSON with its event, signed', async () => {
    const { round, ticket } = await setUp([to(one.url, { token: 'open sesame' })]);
    expect(await round()).to.equal(1);
    expect(await round()).to.equal(0);
    const [got] = one.received;
    expect(got?.headers).to.include({
      'x-event-id': `${ticket.id}/filed`,
      'x-event-kind': 'ticket.filed',
      'content-type': 'application/json',
      authorization: 'Bearer open sesame',
    });
    expect(verifyWebhook(String(got?.headers['x-signature']), got?.body ?? '', secret, now)).to.equal(true);
    const { event, request } = JSON.parse(got?.body ?? '');
    expect(event).to.deep.equal({ id: `${ticket.id}/filed`, kind: 'ticket.filed', at: ticket.createdAt });
    expect(requestJsonSchema.parse(request).number).to.equal(ticket.number);
  });

  it('tell of each step, with the request as it then is', async () => {
    const { round, office, stored } = await setUp([to(one.url)]);
    await round();
    const next = await office.move(stored, 'in_progress', { id: 'o', role: 'officer' });
    await office.move(next, 'refused', { id: 'o', role: 'officer' }, 'För tidigt');
    expect(await round()).to.equal(2);
    const told = one.received.slice(1).map(({ body }) => JSON.parse(body));
    expect(told.map(({ event }) => event.kind)).to.deep.equal(['ticket.moved', 'ticket.moved']);
    expect(told.map(({ event }) => event.id)).to.have.property(
      'length',
      new Set(told.map(({ event }) => event.id)).size,
    );
    expect(told[1].request.history.at(-1)).to.include({ to: 'refused', reason: 'För tidigt' });
  });

  it('are over at once where nobody is to be told', async () => {
    const { round } = await setUp([]);
    expect(await round()).to.equal(1);
  });

  for (const [what, manner] of [
    ['refuses', { status: 503 }],
    ['knows nothing of it', { status: 404 }],
    ['says nothing', 'silence'],
    ['drops the connection', 'drop'],
    ['drops it in the middle of its answer', 'drop after the status'],
  ] as const)
    it(`are tried again later where the receiver ${what}, and arrive when it is back`, async () => {
      const { round, failures } = await setUp([to(one.url)], manner === 'silence' ? { timeoutMs: 300 } : {});
      one.be(manner);
      expect(await round()).to.equal(0);
      expect(failures).to.have.length(1);
      expect(await round(later(20))).to.equal(0);
      expect(one.received).to.have.length(1);
      one.be({ status: 200 });
      expect(await round(later(61))).to.equal(1);
      expect(one.received.map(({ headers }) => headers['x-event-id'])).to.have.property('length', 2);
      expect(one.received[0]?.headers['x-event-id']).to.equal(one.received[1]?.headers['x-event-id']);
      const [, again] = one.received;
      expect(
        verifyWebhook(String(again?.headers['x-signature']), again?.body ?? '', secret, later(61)),
      ).to.equal(true);
    });

  it('are tried again where nobody is there', async () => {
    const { round, failures } = await setUp([to(other.url)]);
    await other.close();
    expect(await round()).to.equal(0);
    expect(failures).to.have.length(1);
    expect(JSON.stringify(failures)).to.not.include('anna');
  });

  it('follow no redirect', async () => {
    const { round, failures } = await setUp([to(one.url)]);
    for (const [index, status] of [301, 302, 303, 307, 308].entries()) {
      one.be({ status, location: other.url });
      expect(await round(later(100_000 * index)), String(status)).to.equal(0);
    }
    expect(failures.map(({ error }) => error)).to.deep.equal(Array(5).fill('NotTaken'));
    expect(other.received).to.deep.equal([]);
  });

  it('are given up where the receiver is gone for good', async () => {
    const { round, givenUp, ticket } = await setUp([to(one.url)]);
    one.be({ status: 410 });
    expect(await round()).to.equal(1);
    expect(givenUp).to.deep.equal([
      { entry: `${ticket.id}/filed`, ticketId: ticket.id, target: 1, why: 'gone' },
    ]);
  });

  it('leave those alone that have taken it, while another is tried again', async () => {
    const { round } = await setUp([to(one.url), to(other.url)]);
    other.be({ status: 500 });
    expect(await round()).to.equal(0);
    other.be({ status: 200 });
    expect(await round(later(61))).to.equal(1);
    expect([one.received.length, other.received.length]).to.deep.equal([1, 2]);
  });

  it('leave a target alone for a while that has failed, and tell the others meanwhile', async () => {
    const { round, tickets } = await setUp([to(one.url), to(other.url)], { timeoutMs: 300 });
    const next = someTicket('next');
    await tickets.create(next, entriesFor(next));
    other.be('silence');
    await round();
    expect([one.received.length, other.received.length]).to.deep.equal([2, 1]);
    other.be({ status: 200 });
    expect(await round(later(61))).to.equal(2);
    expect([one.received.length, other.received.length]).to.deep.equal([2, 3]);
  });

  it('do not read an endless answer', async () => {
    const { round } = await setUp([to(one.url)]);
    one.be({ status: 200, body: 'x'.repeat(5_000_000) });
    expect(await round()).to.equal(1);
  });

  describe('to Fides', () => {
    const answer = (succeeded: object[], failed: object[]) => ({
      status: 200,
      body: JSON.stringify({ succeeded, failed }),
    });

    it('carry a list of one request, and no steps', async () => {
      const { round, office, stored } = await setUp([to(one.url, { format: 'fides' })]);
      one.be(answer([{ id: 'pri_1', status: 'pending' }], []));
      expect(await round()).to.equal(1);
      expect(fidesList.parse(JSON.parse(one.received[0]?.body ?? ''))).to.have.length(1);
      await office.move(stored, 'in_progress', { id: 'o', role: 'officer' });
      expect(await round()).to.equal(1);
      expect(one.received).to.have.length(1);
    });

    it('are not taken for taken where the answer says that they failed', async () => {
      const { round } = await setUp([to(one.url, { format: 'fides' })]);
      for (const [index, manner] of [
        answer([], [{ message: 'no such policy' }]),
        answer([], []),
        { status: 200, body: 'welcome to the hotel' },
      ].entries()) {
        one.be(manner);
        expect(await round(later(100_000 * index)), String(index)).to.equal(0);
      }
    });

    it('are given up where Fides cannot carry the type', async () => {
      const { round, givenUp } = await setUp(
        [to(one.url, { format: 'fides' })],
        { exports: { ...options, fides: { policies: { access: 'a' } } } },
        someTicket('a', { type: 'objection' }),
      );
      expect(await round()).to.equal(1);
      expect(givenUp.map(({ why }) => why)).to.deep.equal(['cannot carry']);
      expect(one.received).to.deep.equal([]);
    });
  });
});
