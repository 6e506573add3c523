import { expect } from 'chai';
import { CannotCarry, type Format, formats } from '../../src/exports/cannot-carry.ts';
import { drpOptionsSchema } from '../../src/exports/data-rights-protocol.ts';
import { type ExportOptions, exportTicket } from '../../src/exports/export-ticket.ts';
import { fidesOptionsSchema } from '../../src/exports/fides.ts';
import { requestJsonSchema, requestJsonSchemaAt } from '../../src/exports/request-json.ts';
import { statuses, type Ticket } from '../../src/tickets/ticket.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { drp, fidesList, openDsr } from './field-lists.ts';
import { allTypes, content, openMessage, options } from './some-options.ts';

const now = new Date('2026-02-01T12:00:00Z');
const places = {
  SE: { country: 'SE', dueRule: 'gdpr_month' },
  US: { country: 'US', dueRule: 'california_45_days' },
  CH: { country: 'CH', dueRule: 'swiss_30_days' },
} as const;
const ticketOf = (type: string, place: keyof typeof places, changes: Partial<Ticket> = {}) => {
  const { country, dueRule } = places[place];
  const slots = { name: 'Anna Berg', email: 'anna.berg@example.se', phone: '+46701740605', country };
  return someTicket('a', { type, slots, dueRule, ...changes });
};
const exported = (ticket: Ticket, format: Format, given: ExportOptions = options) =>
  exportTicket(ticket, format, given, content, now);
const bodyOf = (ticket: Ticket, format: Format, given = options): unknown => {
  const { body } = exported(ticket, format, given);
  return format === 'drp' ? openMessage(body) : JSON.parse(body);
};
const refusal = (ticket: Ticket, format: Format, given = options): CannotCarry => {
  try {
    exported(ticket, format, given);
  } catch (error) {
    if (error instanceof CannotCarry) return error;
    throw error;
  }
  return expect.fail(`${format} took ${ticket.type}`);
};

const fieldLists = { json: requestJsonSchema, fides: fidesList, opendsr: openDsr, drp };
// What each format carries, by where the person lives; everything else it must refuse.
const carried: Record<Format, Record<keyof typeof places, readonly string[]>> = {
  json: { SE: allTypes, US: allTypes, CH: allTypes },
  fides: { SE: allTypes, US: allTypes, CH: allTypes },
  opendsr: {
    SE: ['access', 'portability', 'erasure'],
    US: ['access', 'portability', 'erasure'],
    CH: [],
  },
  drp: { SE: [], US: ['access', 'erasure'], CH: [] },
};

describe('handing a request over', () => {
  it('knows all fourteen types', () => expect(allTypes).to.have.length(14));

  for (const format of formats)
    for (const place of ['SE', 'US', 'CH'] as const)
      it(`to ${format} from ${place} carries each type in the format’s own fields, or refuses it by name`, () => {
        for (const type of allTypes) {
          const ticket = ticketOf(type, place);
          if (carried[format][place].includes(type))
            fieldLists[format].parse(bodyOf(ticket, format), { reportInput: true });
          else expect(refusal(ticket, format)).to.include({ format, type });
        }
      });

  it('says what is asked for, in each format’s word for it', () => {
    expect(bodyOf(ticketOf('objection', 'SE'), 'fides')).to.deep.include.members([
      {
        external_id: ticketOf('objection', 'SE').id,
        requested_at: '2026-01-31T09:00:00.000Z',
        policy_key: 'policy_objection',
        identity: {
          email: 'anna.berg@example.se',
          phone_number: '+46701740605',
          name: { label: 'name', value: 'Anna Berg' },
        },
        custom_privacy_request_fields: {
          request_number: { label: 'request number', value: ticketOf('objection', 'SE').number },
          request_type: { label: 'request type', value: 'objection' },
          due: { label: 'answer due', value: '2026-03-02' },
        },
        property_id: null,
        location: 'SE',
      },
    ]);
    expect(bodyOf(ticketOf('erasure', 'SE'), 'opendsr')).to.deep.include({
      regulation: 'gdpr',
      subject_request_type: 'erasure',
      status_callback_urls: ['https://callback.example.com/opendsr'],
    });
    expect(bodyOf(ticketOf('access', 'US'), 'opendsr')).to.deep.include({ regulation: 'ccpa' });
    expect(bodyOf(ticketOf('erasure', 'US'), 'drp')).to.deep.include({
      exercise: 'deletion',
      'expires-at': '2026-02-01T12:10:00.000Z',
      'agent-id': 'EXAMPLE_AGENT',
      relationships: ['candidate'],
    });
  });

  it('never makes an objection, a withdrawal or a part of the data into an erasure', () => {
    for (const type of ['objection', 'withdraw_consent', 'restriction', 'marketing_opt_out'])
      for (const format of formats) {
        if (!carried[format].US.includes(type)) continue;
        const { body } = exported(ticketOf(type, 'US'), format);
        expect(body, `${type} ${format}`).to.not.match(/erasure|deletion/);
      }
    const part = ticketOf('erasure', 'US', {
      slots: { email: 'a@example.se', country: 'US', data: 'mitt gamla cv' },
    });
    expect(refusal(part, 'opendsr').why).to.include('how much');
    expect(refusal(part, 'drp').why).to.include('how much');
    expect(JSON.stringify(bodyOf(part, 'fides'))).to.include('mitt gamla cv');
    const extended = { ...options, opendsr: { callbacks: [], extension: 'processor.example.com' } };
    expect(bodyOf(part, 'opendsr', extended)).to.deep.include({
      extensions: { 'processor.example.com': { data: 'mitt gamla cv' } },
    });
  });

  it('has no policy of Fides that erases what was not to be erased', () => {
    const policies = { erasure: 'erase', objection: 'erase' };
    expect(fidesOptionsSchema.safeParse({ policies }).success).to.equal(false);
    expect(fidesOptionsSchema.safeParse({ policies: { ...policies, objection: 'o' } }).success).to.equal(
      true,
    );
  });

  it('takes “everything” for everything', () => {
    for (const data of ['Allt', 'alla mina uppgifter', 'everything']) {
      const whole = ticketOf('erasure', 'US', { slots: { email: 'a@example.se', country: 'US', data } });
      expect(bodyOf(whole, 'drp'), data).to.deep.include({ exercise: 'deletion' });
    }
    const but = { email: 'a@example.se', country: 'US', data: 'allt utom min anställning' };
    expect(refusal(ticketOf('erasure', 'US', { slots: but }), 'drp').why).to.include('how much');
  });

  it('begins nothing elsewhere before a request is confirmed or after it has ended', () => {
    const open = ['submitted', 'awaiting_verification', 'in_progress', 'extended', 'referred'];
    for (const status of statuses)
      for (const format of ['fides', 'opendsr', 'drp'] as const) {
        const ticket = ticketOf('access', 'US', { status });
        if (open.includes(status)) exported(ticket, format);
        else expect(refusal(ticket, format).why, status).to.include(status);
        expect(bodyOf(ticket, 'json')).to.include({ status });
      }
  });

  it('needs somebody to hand over, and a format that is set up', () => {
    const nobody = ticketOf('access', 'US', { slots: { name: 'Anna Berg', country: 'US' } });
    for (const format of ['fides', 'opendsr', 'drp'] as const) {
      expect(refusal(nobody, format).why, format).to.match(/address/);
      const none = { ...options, [format]: null };
      expect(refusal(ticketOf('access', 'US'), format, none).why).to.include('not set up');
    }
    const policies = { ...options, fides: { policies: { access: 'a' } } };
    expect(refusal(ticketOf('constructor', 'SE'), 'fides', policies).why).to.include('policy');
    expect(refusal(ticketOf('erasure', 'SE'), 'fides', policies).why).to.include('policy');
  });

  it('signs the Data Rights Protocol with our key and nobody else’s', () => {
    const { body, contentType } = exported(ticketOf('access', 'US'), 'drp');
    expect(contentType).to.match(/^text\/plain/);
    const bytes = Buffer.from(body, 'base64');
    for (const place of [0, 63, 64, bytes.length - 1]) {
      const bent = Buffer.from(bytes);
      bent[place] = (bent[place] ?? 0) ^ 1;
      expect(openMessage(bent.toString('base64')), String(place)).to.equal(null);
    }
    expect(openMessage(body)).to.not.have.property('email_verified');
    const confirmed = ticketOf('access', 'US', { identity: 'email_confirmed' });
    expect(bodyOf(confirmed, 'drp')).to.include({ email_verified: true });
    for (const key of ['', 'x', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'])
      expect(drpOptionsSchema.safeParse({ agentId: 'A', businessId: 'B', key }).success, key).to.equal(false);
  });

  it('keeps what is nobody else’s to itself', () => {
    const ticket = ticketOf('access', 'US', {
      notes: [{ at: now.toISOString(), by: 'o', text: 'ring efter lunch' }],
      idempotencyKey: 'key of the conversation',
    });
    for (const format of formats) {
      const text = JSON.stringify(bodyOf(ticket, format));
      for (const secret of ['ring efter lunch', ticket.tokenHash, 'key of the conversation'])
        expect(text, format).to.not.include(secret);
    }
  });

  it('publishes a schema that says what our JSON is', () => {
    const schema = requestJsonSchemaAt('https://privacy.example.se/api/schema/request.json');
    expect(schema).to.include({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'https://privacy.example.se/api/schema/request.json',
    });
    const { properties, required } = schema as { properties: object; required: string[] };
    expect(Object.keys(bodyOf(ticketOf('access', 'SE'), 'json') as object)).to.have.members(required);
    expect(Object.keys(properties)).to.have.members([...required, 'filedBy']);
  });
});
