import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { memoryAudit } from '../../src/adapters/memory/memory-audit.ts';
import { memoryTickets } from '../../src/adapters/memory/memory-tickets.ts';
import { openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { sqliteTickets } from '../../src/adapters/sqlite/sqlite-tickets.ts';
import { verifyAudit } from '../../src/tickets/audit.ts';
import { officeOf } from '../../src/tickets/office.ts';
import { fidesList, openDsr } from '../exports/field-lists.ts';
import { type Api, secrets, serveApi } from './some-api.ts';

const officer = { id: 'o', role: 'officer' } as const;

describe('the API', () => {
  let api: Api;
  beforeEach(async () => {
    api = await serveApi();
  });
  afterEach(() => api.close());
  const isProblem = (
    answer: { status: number; headers: Headers; json: unknown },
    status: number,
    code: string,
  ) => {
    expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
    expect(answer.json).to.include({ type: 'about:blank', status, code });
    expect(answer.status).to.equal(status);
  };

  describe('filing', () => {
    it('makes a ticket with its deadline, its place and its entries', async () => {
      const made = await api.file('k1', {
        slots: { name: ' Anna  Berg', email: 'Anna.Berg@example.se', country: 'Norge', data: 'mitt cv' },
        receivedAt: '2026-01-31T10:00:00+01:00',
        filedBy: { role: 'recruiter', reference: 'r-17' },
        locale: 'en',
      });
      expect(made.status).to.equal(201);
      expect(made.headers.get('location')).to.equal(`/api/requests/${made.json.number}`);
      expect(made.headers.get('cache-control')).to.equal('no-store');
      expect(made.json).to.deep.include({
        type: 'erasure',
        status: 'submitted',
        locale: 'en',
        channel: 'api',
        slots: { name: 'Anna Berg', email: 'anna.berg@example.se', country: 'NO', data: 'mitt cv' },
        receivedAt: '2026-01-31T09:00:00.000Z',
        createdAt: '2026-02-01T12:00:00.000Z',
        due: '2026-03-02',
        filedBy: { role: 'recruiter', reference: 'r-17' },
        history: [{ at: '2026-02-01T12:00:00.000Z', from: 'draft', to: 'submitted', by: 'api:crm' }],
      });
      const entries = await api.tickets.pending(new Date('2027-01-01'), 10);
      expect(entries.map(({ kind }) => kind).sort()).to.deep.equal([
        'filer.near',
        'mail.receipt',
        'ticket.filed',
      ]);
    });

    it('makes one ticket for one key however often it is sent, at once or later', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => api.file('same')));
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([...Array(19).fill(200), 201]);
      api.time.now = new Date('2026-02-03T12:00:00Z');
      const again = await api.file('same');
      expect(again.status).to.equal(200);
      expect(new Set([...answers, again].map(({ json }) => json.number)).size).to.equal(1);
      expect(await api.tickets.pending(new Date('2027-01-01'), 10)).to.have.length(2);
    });

    it('keeps the keys of two programs apart', async () => {
      const one = await api.file('same');
      const other = await api.file('same', {}, { key: secrets.other });
      expect(other.status).to.equal(201);
      expect(other.json.number).to.not.equal(one.json.number);
    });

    it('does not take another request for the same under a key that was used', async () => {
      await api.file('used', { receivedAt: '2026-01-31T09:00:00Z' });
      for (const changes of [
        { type: 'access' },
        { slots: { name: 'Bo Ek', email: 'bo@example.se' } },
        { receivedAt: '2026-01-30T09:00:00Z' },
        { locale: 'en' },
        { filedBy: { role: 'recruiter', reference: 'x' } },
      ])
        isProblem(
          await api.file('used', { receivedAt: '2026-01-31T09:00:00Z', ...changes }),
          422,
          'key_used',
        );
    });

    it('knows a repetition though the person has put their fields right since', async () => {
      const { json } = await api.file('k1');
      const found = await api.tickets.byNumber(json.number);
      if (!found) return expect.fail('not there');
      const slots = { name: 'Anna Bergh', email: 'anna.bergh@example.se' };
      await officeOf(api.tickets, api.audit, () => api.time.now).amend(
        found,
        { ...found.ticket, slots },
        officer,
      );
      const again = await api.file('k1');
      expect(again.status).to.equal(200);
      expect(again.json.slots).to.deep.equal(slots);
      // Neither another person nor what the ticket says by now is what was sent under the key.
      for (const other of [{ name: 'Bo Ek', email: 'bo@example.se' }, slots])
        isProblem(await api.file('k1', { slots: other }), 422, 'key_used');
    });

    it('keeps no word of what was sent to know it by, and gives the fingerprint to nobody', async () => {
      const { json, text } = await api.file('k1');
      const found = await api.tickets.byNumber(json.number);
      expect(found?.ticket.filedAs).to.match(/^[\w-]{43}$/);
      expect(text).to.not.include(found?.ticket.filedAs);
      const other = await api.file('k2', { slots: { email: 'Anna.Berg@example.se', name: 'Anna Berg' } });
      const twin = await api.tickets.byNumber(other.json.number);
      expect(twin?.ticket.filedAs, 'in another order').to.equal(found?.ticket.filedAs);
    });

    it('needs a key of the program’s own making', async () => {
      for (const key of ['', ' ', 'with space', 'å', 'x'.repeat(256)]) {
        const headers = { 'idempotency-key': key };
        isProblem(await api.call('/api/requests', { body: {}, headers }), 400, 'no_idempotency_key');
      }
      isProblem(await api.call('/api/requests', { body: {} }), 400, 'no_idempotency_key');
    });

    it('names each fault by its place, and repeats nothing', async () => {
      const faultsOf = async (body: object) => {
        const answer = await api.call('/api/requests', { body, headers: { 'idempotency-key': 'f' } });
        isProblem(answer, 422, 'invalid');
        expect(answer.text).to.not.include('hemlig');
        return answer.json.faults.map(({ at }: { at: string }) => at);
      };
      expect(await faultsOf({ type: 'hemligt', slots: { hemlig: 'x' }, hemlig: 1 })).to.have.members([
        '/type',
        '/slots',
        '',
      ]);
      expect(await faultsOf({ type: 'erasure', slots: { name: 17 } })).to.deep.equal(['/slots/name']);
      expect(await faultsOf({ type: 'erasure', slots: {} })).to.have.members(['/slots/name', '/slots/email']);
      expect(
        await faultsOf({ type: 'erasure', slots: { name: 'Anna', email: 'hemlig', consent: 'hemligt' } }),
      ).to.have.members(['/slots/email', '/slots/consent']);
      expect(await faultsOf({ type: 'marketing_opt_out', slots: {} })).to.deep.equal(['/slots']);
      const slots = { name: 'Anna', email: 'a@example.se' };
      for (const receivedAt of [
        '2026-02-01T12:00:01Z',
        '2025-01-31T12:00:00Z',
        'i går',
        '2026-02-30T09:00:00Z',
      ])
        expect(await faultsOf({ type: 'erasure', slots, receivedAt }), receivedAt).to.deep.equal([
          '/receivedAt',
        ]);
      const filedBy = { role: 'recruiter', reference: 'x' };
      expect(await faultsOf({ type: 'child_data', slots, filedBy })).to.deep.equal(['/filedBy']);
      expect(await faultsOf([])).to.deep.equal(['']);
    });

    it('takes an opt-out by a number alone', async () => {
      const made = await api.file('o', { type: 'marketing_opt_out', slots: { phone: '070-174 06 05' } });
      expect(made.json.slots).to.deep.equal({ phone: '+46701740605' });
    });

    it('stores no personal identity number', async () => {
      const slots = { name: 'Anna 811218-9876', email: 'a@example.se', data: 'mitt cv, 811218-9876' };
      const made = await api.file('p', { slots });
      expect(made.json.slots).to.include({ name: 'Anna', data: 'mitt cv, [•••]' });
    });
  });

  describe('reading', () => {
    it('gives a request with its etag, or that it has not changed', async () => {
      const made = await api.file('k1');
      const path = `/api/requests/${made.json.number}`;
      const read = await api.call(path, { key: secrets.reader });
      expect(read.json).to.deep.equal(made.json);
      const etag = read.headers.get('etag') ?? '';
      expect(etag).to.equal(made.headers.get('etag'));
      const known = await api.call(path, { headers: { 'if-none-match': `"x", W/${etag}` } });
      expect([known.status, known.text]).to.deep.equal([304, '']);
      isProblem(await api.call('/api/requests/SA-0000-0000'), 404, 'not_found');
    });

    for (const store of ['memory', 'SQLite'] as const)
      it(`lists by due date in pages, without anything of the person: ${store}`, async () => {
        const folder = mkdtempSync(join(tmpdir(), 'api-'));
        const database = openDatabase(join(folder, 'assistant.db'));
        const listed = await serveApi(store === 'SQLite' ? sqliteTickets(database) : memoryTickets());
        for (const [index, day] of ['05', '01', '20', '12', '01'].entries())
          await listed.file(`k${index}`, { receivedAt: `2026-01-${day}T09:00:00Z` });
        const seen: { due: string; number: string }[] = [];
        let cursor: string | null = '';
        for (let pages = 0; cursor !== null && pages < 10; pages += 1) {
          const path = `/api/requests?limit=2${cursor && `&cursor=${cursor}`}`;
          const { json, status, text } = await listed.call(path, { key: secrets.reader });
          expect(status).to.equal(200);
          expect(text.toLowerCase()).to.not.match(/anna|example\.se/);
          seen.push(...json.requests);
          cursor = json.next;
        }
        const days = seen.map(({ due }) => due);
        expect(days).to.deep.equal([...days].sort());
        expect(new Set(seen.map(({ number }) => number)).size).to.equal(5);
        await listed.close();
        database.close();
        rmSync(folder, { recursive: true });
      });

    it('filters by what a request is', async () => {
      await api.file('a');
      await api.file('b', { type: 'marketing_opt_out' });
      const moved = await api.file('c', { type: 'access' });
      const found = await api.tickets.byNumber(moved.json.number);
      const office = officeOf(api.tickets, memoryAudit(), () => api.time.now);
      if (found) await office.assign(await office.move(found, 'in_progress', officer), 'eva', officer);
      const typesOf = async (query: string) =>
        (await api.call(`/api/requests?${query}`)).json.requests
          .map(({ type }: { type: string }) => type)
          .sort();
      expect(await typesOf('')).to.have.length(3);
      expect(await typesOf('status=submitted')).to.deep.equal(['erasure', 'marketing_opt_out']);
      expect(await typesOf('status=in_progress,completed')).to.deep.equal(['access']);
      expect(await typesOf('type=erasure')).to.deep.equal(['erasure']);
      expect(await typesOf('team=marketing')).to.deep.equal(['marketing_opt_out']);
      expect(await typesOf('assignee=eva')).to.deep.equal(['access']);
      expect(await typesOf('assignee=')).to.deep.equal(['erasure', 'marketing_opt_out']);
      expect(await typesOf('dueBy=2026-02-15')).to.deep.equal([]);
    });

    it('turns away a query that does not fit, and a cursor that it has not given', async () => {
      await api.file('a');
      await api.file('b');
      const { json } = await api.call('/api/requests?limit=1');
      const bent = `${json.next.slice(0, -1)}${json.next.endsWith('A') ? 'Q' : 'A'}`;
      for (const query of [
        'limit=0',
        'limit=101',
        'limit=1e2',
        'limit=1&limit=2',
        'status=hemligt',
        'status=',
        'dueBy=snart',
        'email=anna@example.se',
        '__proto__=x',
        'constructor=x',
        'cursor=',
        'cursor=x',
        `cursor=${Buffer.from('2026-03-02 x').toString('base64url')}`,
        `cursor=${bent}x`,
        `cursor=${json.next.slice(1)}`,
      ]) {
        const answer = await api.call(`/api/requests?${query}`);
        isProblem(answer, 400, 'invalid');
        expect(answer.text, query).to.not.match(/hemligt|anna/);
      }
    });

    it('hands a request over in each format, or says by name why not', async () => {
      const made = await api.file('k1', {
        type: 'access',
        slots: { name: 'Anna Berg', email: 'anna@example.se', country: 'US' },
      });
      const to = (format: string) =>
        api.call(`/api/requests/${made.json.number}/export/${format}`, { key: secrets.reader });
      expect((await to('json')).json).to.deep.equal(made.json);
      expect(fidesList.parse((await to('fides')).json)).to.have.length(1);
      expect(openDsr.parse((await to('opendsr')).json).regulation).to.equal('ccpa');
      const drp = await to('drp');
      expect(drp.headers.get('content-type')).to.match(/^text\/plain/);
      expect(drp.text).to.match(/^[A-Za-z0-9+/]+=*$/);
      const objection = await api.file('k2', { type: 'objection' });
      const refused = await api.call(`/api/requests/${objection.json.number}/export/opendsr`);
      isProblem(refused, 422, 'cannot_carry');
      expect(refused.json.detail).to.match(/opendsr.+objection/);
      isProblem(await to('xml'), 404, 'not_found');
      isProblem(await api.call('/api/requests/SA-0000-0000/export/json'), 404, 'not_found');
    });
  });

  describe('moving', () => {
    const move = (number: string, body: unknown, etag: string | null, key = secrets.officer) =>
      api.call(`/api/requests/${number}/transitions`, {
        body,
        key,
        headers: etag === null ? {} : { 'if-match': etag },
      });

    it('takes a request on for whoever read it last, and tells those concerned', async () => {
      const made = await api.file('k1');
      const etag = made.headers.get('etag') ?? '';
      const moved = await move(made.json.number, { to: 'in_progress' }, etag);
      expect([moved.status, moved.json.status]).to.deep.equal([200, 'in_progress']);
      expect(moved.headers.get('etag')).to.not.equal(etag);
      isProblem(await move(made.json.number, { to: 'completed' }, etag), 412, 'stale');
      isProblem(
        await move(made.json.number, { to: 'completed' }, `W/${moved.headers.get('etag')}`),
        412,
        'stale',
      );
      isProblem(await move(made.json.number, { to: 'completed' }, null), 428, 'no_etag');
      const both = `"x", ${moved.headers.get('etag')}`;
      const refused = await move(made.json.number, { to: 'refused', reason: 'Inte 811218-9876' }, both);
      expect(refused.json.history.at(-1)).to.deep.include({
        to: 'refused',
        reason: 'Inte [•••]',
        by: 'api:crm',
      });
      const kinds = (await api.tickets.pending(new Date('2027-01-01'), 10)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'ticket.moved')).to.have.length(2);
    });

    it('lets one of many through that move at the same time', async () => {
      const made = await api.file('k1');
      const etag = made.headers.get('etag');
      const all = await Promise.all(
        Array.from({ length: 10 }, () => move(made.json.number, { to: 'in_progress' }, etag)),
      );
      expect(all.map(({ status }) => status).sort()).to.deep.equal([200, ...Array(9).fill(412)]);
    });

    it('goes only where a request may go, with the reasons that the law wants', async () => {
      const made = await api.file('k1');
      for (const body of [
        { to: 'expired', reason: 'x' },
        { to: 'refused' },
        { to: 'referred', reason: ' ' },
      ]) {
        const answer = await move(made.json.number, body, '*');
        isProblem(answer, 409, 'no_such_step');
        expect(answer.json.faults[0].at).to.equal('/to');
      }
      for (const body of [
        {},
        { to: 'draft' },
        { to: 'hemligt' },
        { to: 'refused', reason: 1 },
        { to: 'refused', x: 1 },
      ]) {
        const answer = await move(made.json.number, body, '*');
        isProblem(answer, 422, 'invalid');
        expect(answer.text).to.not.include('hemligt');
      }
      isProblem(await move('SA-0000-0000', { to: 'in_progress' }, '*'), 404, 'not_found');
    });
  });

  it('writes down every look and change under the id of the key', async () => {
    const made = await api.file('k1');
    const path = `/api/requests/${made.json.number}`;
    await api.file('k1');
    await api.call(path, { key: secrets.reader });
    await api.call('/api/requests', { key: secrets.reader });
    await api.call(`${path}/export/json`, { key: secrets.reader });
    await api.call(`${path}/transitions`, { body: { to: 'in_progress' }, headers: { 'if-match': '*' } });
    const log = await api.audit.read(0, 100);
    expect(log.map(({ by, action }) => `${by.id} ${action}`)).to.deep.equal([
      'api:crm ticket.file',
      'api:crm ticket.look',
      'api:reports ticket.look',
      'api:reports ticket.list',
      'api:reports ticket.look',
      'api:reports ticket.export',
      'api:crm ticket.look',
      'api:crm ticket.move',
    ]);
    expect(log.every(({ by }) => by.role === 'api')).to.equal(true);
    expect(JSON.stringify(log)).to.not.match(/anna/i);
    expect(await verifyAudit(api.audit)).to.include({ entries: 8, brokenAt: null });
  });
});
