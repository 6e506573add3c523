import { expect } from 'chai';
import { passageHash } from '../../src/content/passage-hash.ts';
import type { StoredTicket } from '../../src/tickets/ticket-store.ts';
import { Person, type RequestDesk, requestDesk } from './request-desk.ts';

const ERASURE = '/request/new/erasure';
const GOOD = { name: 'Anna Berg', email: 'anna.berg@example.se', country: 'Sverige', relation: 'candidate' };

// What people and attackers put into fields.
const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</textarea><script>alert(1)</script>',
  '</select><b>',
  '<!--',
  '-->',
  ']]>',
  '&lt;b&gt;',
  '&#60;script&#62;',
  'javascript:alert(1)',
  '{name}',
  '{notice}',
  '{{7*7}}',
  `\${7*7}`,
  '<%= 7*7 %>',
  '#{7*7}',
  '$1 $& $` $$',
  "'; DROP TABLE tickets; --",
  '" OR 1=1 --',
  '\\',
  '\\u0000',
  '\u0000',
  'a\u0000b',
  '\u0007\u001b[31mred',
  'Anna\r\nBcc: someone@example.com',
  '\n\n\n',
  '\t',
  '\u2028line\u2029',
  '\u202Eevil',
  '\u200B\u200B',
  '\uFEFF',
  '\uD800',
  '\uDFFF\uD800',
  'e\u0301'.repeat(50),
  'Z\u0351\u036B\u0343'.repeat(40),
  '👩‍👩‍👧‍👦'.repeat(20),
  'å'.repeat(3000),
  'x'.repeat(20_000),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  '[object Object]',
  '-1',
  '1e999',
  '../../etc/passwd',
  '%00%0d%0a',
  'file:///etc/passwd',
  'anna@example.se\nBcc: other@example.se',
];

describe('the request form', () => {
  let desk: RequestDesk;
  let anna: Person;
  beforeEach(async () => {
    desk = await requestDesk();
    anna = new Person(desk.at);
  });
  afterEach(async () => {
    await desk.close();
    expect(desk.failures).to.deep.equal([]);
  });
  const tickets = async (): Promise<StoredTicket[]> =>
    (await desk.parts.tickets.find({ limit: 500 })).tickets;
  const review = async (fields: Record<string, string> = GOOD) => {
    await anna.go(ERASURE);
    return anna.send(ERASURE, { ...fields, act: 'review' });
  };

  it('offers every type, in both languages', async () => {
    await anna.go('/request');
    for (const type of desk.parts.content.requests.keys())
      expect(anna.html).to.include(`href="/request/new/${type}"`);
    await anna.go('/request?lang=en');
    expect(anna.html).to.include('href="/request/new/erasure?lang=en"').and.to.include('<html lang="en">');
  });

  it('goes from empty fields over a summary to a ticket with its receipt', async () => {
    await anna.go(ERASURE);
    expect(anna.html)
      .to.match(/autocomplete="email"/)
      .and.to.match(/<label for="field-name">Namn<\/label>/);
    await anna.send(ERASURE, { ...GOOD, data: 'Allt.\nVerkligen allt.', act: 'review' });
    expect(anna.status).to.equal(200);
    expect(anna.text).to.include('anna.berg@example.se').and.to.include('Jobbsökande'.toLowerCase());
    expect(await tickets()).to.deep.equal([]);
    await anna.send(ERASURE, { act: 'send' });
    const [stored] = await tickets();
    expect(stored?.ticket.slots).to.deep.equal({
      name: 'Anna Berg',
      email: 'anna.berg@example.se',
      country: 'SE',
      relation: 'candidate',
      data: 'Allt.\nVerkligen allt.',
    });
    expect(stored?.ticket).to.include({ status: 'submitted', channel: 'form', due: '2026-03-02' });
    expect(anna.text)
      .to.include(stored?.ticket.number)
      .and.to.include('2 mars 2026')
      .and.to.include('Så är datumet räknat')
      .and.not.to.include('Anna Berg');
    const kinds = (await desk.parts.tickets.pending(desk.parts.clock(), 9)).map(({ kind }) => kind);
    expect(kinds).to.have.members(['ticket.filed', 'mail.receipt']);
  });

  it('keeps what was written when it is changed once more', async () => {
    await review();
    await anna.send(ERASURE, { act: 'edit' });
    expect(anna.fields(ERASURE)).to.include({ name: 'Anna Berg', relation: 'candidate', country: 'Sverige' });
  });

  it('says beside each field and at the top what is wrong, in both languages', async () => {
    await review({ email: 'anna@', country: 'Narnia' });
    expect(anna.status).to.equal(422);
    expect(anna.html).to.include('href="#field-email"').and.to.include('href="#field-name"');
    expect(anna.html).to.match(
      /id="field-email"[^>]*aria-describedby="fault-email hint-email"[^>]*aria-invalid="true"/,
    );
    expect(anna.fields(ERASURE)).to.include({ email: 'anna@', country: 'Narnia' });
    await anna.go(`${ERASURE}?lang=en`);
    await anna.send(`${ERASURE}?lang=en`, { email: 'anna@', act: 'send' });
    expect(anna.text).to.include('Name: This needs to be filled in');
    expect(await tickets()).to.deep.equal([]);
  });

  it('goes over into the other language with all that was typed, from the form and from the summary', async () => {
    const en = `${ERASURE}?lang=en`;
    await anna.go(ERASURE);
    await anna.switchLanguage(ERASURE, { email: 'anna@', data: 'allt' });
    expect([anna.path, anna.status]).to.deep.equal([en, 200]);
    expect(anna.fields(en)).to.include({ email: 'anna@', data: 'allt' });
    expect(anna.html).to.not.include('class="fault"');
    await anna.send(en, { ...GOOD, act: 'review' });
    await anna.switchLanguage(en);
    expect(anna.text).to.include('Läs igenom');
    await anna.send(ERASURE, { act: 'send' });
    const filed = await tickets();
    expect(filed.map(({ ticket }) => [ticket.locale, ticket.slots.data])).to.deep.equal([['sv', 'allt']]);
  });

  it('has the return key press its own button, whatever stands before it', async () => {
    for (const act of ['review', 'send']) {
      await (act === 'review' ? anna.go(ERASURE) : review());
      expect(/<button [^>]*value="([^"]*)"/.exec(anna.html)?.[1]).to.equal(act);
    }
  });

  it('says where the mail goes to the browser that sent it, and to no other', async () => {
    await review();
    await anna.send(ERASURE, { act: 'send' });
    expect(anna.text).to.include('kommer till anna.berg@example.se');
    const other = await new Person(desk.at).go(anna.path);
    expect(other.text).to.include('kommer till din e-postadress').and.not.to.include('anna.berg');
    other.cookies.set('request-sent', 'A'.repeat(22));
    await other.go(anna.path);
    expect(other.text).to.not.include('anna.berg');
    await anna.go(anna.path.replace('?told=sent', ''));
    expect(anna.text).to.not.include('anna.berg');
  });

  it('remembers how the passages read that it is about', async () => {
    await review();
    await anna.send(ERASURE, { act: 'send' });
    const [stored] = await tickets();
    const { content } = desk.parts;
    expect(stored?.ticket.cited).to.deep.equal(
      content.requests
        .get('erasure')
        ?.passages.map((passage) => ({ passage, hash: passageHash(passage, content) })),
    );
  });

  it('asks for each field by itself, and for one of two where one is enough', async () => {
    for (const type of ['marketing_opt_out', 'human_contact']) {
      const path = `/request/new/${type}`;
      await anna.go(path);
      const [email, phone] = ['email', 'phone'].map(
        (slot) => new RegExp(`id="hint-${slot}">([^<]*)<`).exec(anna.html)?.[1],
      );
      expect(email).to.not.match(/nummer/);
      expect(phone).to.not.match(/adress/);
      expect(anna.text).to.include('e-postadress eller telefonnummer');
      await anna.send(path, { act: 'review' });
      expect(anna.text).to.include('Fyll i minst ett av dem').and.not.to.include('behöver fyllas i');
      await anna.send(path, { phone: '12', act: 'review' });
      expect(anna.html.match(/class="fault"/g)).to.have.length(1);
      expect(anna.html).to.include('id="fault-phone"');
    }
  });

  it('offers the companies by name, and takes any other', async () => {
    await anna.go(ERASURE);
    expect(anna.html).to.match(/id="field-brand"[^>]* list="list-brand"/);
    const [, list = ''] = /<datalist id="list-brand">([\s\S]*?)<\/datalist>/.exec(anna.html) ?? [];
    expect(list).to.include('<option value="Aerotek">');
    expect(list.match(/<option/g)).to.have.length(desk.parts.content.brands.length);
    await review({ ...GOOD, brand: 'Ett annat' });
    expect(anna.status).to.equal(200);
  });

  it('takes an opt-out with a telephone number alone, and asks for no code', async () => {
    const path = '/request/new/marketing_opt_out';
    await anna.go(path);
    await anna.send(path, { act: 'review' });
    expect(anna.status).to.equal(422);
    await anna.send(path, { phone: '070-174 06 05', act: 'review' });
    await anna.send(path, { act: 'send' });
    expect((await tickets())[0]?.ticket.slots).to.deep.equal({ phone: '+46701740605' });
    expect(anna.text).to.include('ingen e-postadress');
  });

  it('takes personal identity numbers out, and says so', async () => {
    await review({ ...GOOD, name: 'Anna 811218-9876', data: 'Jag är 811218-9876.' });
    expect(anna.text).to.include('personnummer').and.not.to.include('9876');
    await anna.send(ERASURE, { act: 'send' });
    expect((await tickets())[0]?.ticket.slots).to.include({ name: 'Anna', data: 'Jag är [•••].' });
  });

  it('makes one ticket of a form that is sent twice, and says so where it was changed in between', async () => {
    await review();
    const summary = anna.html;
    await anna.send(ERASURE, { act: 'send' });
    anna.html = summary;
    await anna.send(ERASURE, { act: 'send' });
    expect(anna.path).to.include('told=sent');
    anna.html = summary;
    await anna.send(ERASURE, { name: 'Anna Ek', act: 'send' });
    expect(anna.path).to.include('told=sent_before');
    expect(await tickets()).to.have.length(1);
  });

  it('makes one ticket of two at the same time', async () => {
    await review();
    const body = new URLSearchParams({ ...anna.fields(ERASURE), act: 'send' });
    const headers = { cookie: `request=${anna.cookies.get('request')}` };
    const send = () =>
      fetch(new URL(ERASURE, desk.at), { method: 'POST', body, headers, redirect: 'manual' });
    const answers = await Promise.all([send(), send(), send()]);
    expect(new Set(answers.map((answer) => answer.headers.get('location'))).size).to.equal(1);
    expect(await tickets()).to.have.length(1);
  });

  it('is not taken from another site, without its token, with another type, or from another browser', async () => {
    await review();
    const refused = async (who: Person, path: string, fields = {}, headers = {}) => {
      const html = anna.html;
      who.html = html;
      await who.send(path, { ...anna.fields(ERASURE), act: 'send', ...fields }, headers);
      const { status } = who;
      anna.html = html;
      return status;
    };
    expect(await refused(anna, ERASURE, {}, { 'sec-fetch-site': 'cross-site' })).to.equal(403);
    expect(await refused(anna, ERASURE, {}, { 'sec-fetch-site': 'same-site' })).to.equal(403);
    expect(await refused(anna, ERASURE, {}, { origin: 'https://evil.example.com' })).to.equal(403);
    expect(await refused(anna, ERASURE, { form: '' })).to.equal(403);
    const token = anna.fields(ERASURE).form ?? '';
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`.replace(/^./, 'x');
    expect(await refused(anna, ERASURE, { form: forged })).to.equal(403);
    expect(await refused(anna, '/request/new/access')).to.equal(403);
    expect(await refused(new Person(desk.at), ERASURE)).to.equal(403);
    expect(await tickets()).to.deep.equal([]);
    expect(await refused(anna, ERASURE, {}, { 'sec-fetch-site': 'same-origin', origin: 'null' })).to.equal(
      200,
    );
  });

  it('keeps what was written when its time is over, and sends it once it is read again', async () => {
    await review();
    desk.setClock('2026-01-31T09:31:00Z');
    await anna.send(ERASURE, { act: 'send' });
    expect(anna.status).to.equal(403);
    expect(anna.fields(ERASURE)).to.include({ name: 'Anna Berg' });
    expect(await tickets()).to.deep.equal([]);
    await anna.send(ERASURE, { act: 'review' });
    await anna.send(ERASURE, { act: 'send' });
    expect(await tickets()).to.have.length(1);
  });

  it('shows 50 hostile strings in every field as text, and stores them without control characters', async () => {
    expect(HOSTILE.length).to.be.at.least(50);
    for (const type of ['erasure', 'marketing_opt_out', 'security_incident', 'withdraw_consent']) {
      const path = `/request/new/${type}`;
      const slots = [...Object.keys(desk.parts.content.slots), 'act', 'form', '__proto__'];
      for (const hostile of HOSTILE) {
        const all = Object.fromEntries(slots.map((slot) => [slot, hostile]));
        await anna.go(path);
        const token = anna.fields(path).form ?? '';
        await anna.send(path, { ...all, form: token, act: 'send' });
        expect([200, 413, 422], `${type}: ${hostile.slice(0, 40)}`).to.include(anna.status);
        expect(anna.html).to.not.match(/<script|<img|<b>|onmouseover='/);
        await anna.send(path, { ...all, form: hostile });
        expect([403, 413]).to.include(anna.status);
        // The same in the fields that take any text, the rest as it should be: this is filed.
        await anna.go(path);
        const { content } = desk.parts;
        const texts = Object.keys(anna.fields(path)).filter((slot) =>
          ['text', 'brand'].includes(content.slots[slot] ?? ''),
        );
        await anna.send(path, {
          ...Object.fromEntries(texts.map((slot) => [slot, hostile])),
          name: 'Anna Berg',
          email: 'anna.berg@example.se',
          act: 'send',
        });
        expect([200, 413, 422]).to.include(anna.status);
        expect(anna.html).to.not.match(/<script|<img|<b>/);
      }
    }
    const filed = await tickets();
    expect(filed.length).to.be.above(150);
    for (const { ticket } of filed)
      for (const value of Object.values(ticket.slots)) {
        expect(value).to.not.match(/(?!\n|\t)\p{Cc}/u);
        expect(value.isWellFormed()).to.equal(true);
      }
  }).timeout(60_000);

  it('refuses what is no form, too large, or of no type that there is', async () => {
    await anna.go(ERASURE, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    expect(anna.status).to.equal(415);
    await anna.go(ERASURE, { method: 'POST', body: new URLSearchParams({ name: 'x'.repeat(200_000) }) });
    expect(anna.status).to.equal(413);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await anna.go(ERASURE, { method: 'POST', body: new Uint8Array([0xff, 0xfe]), headers: form });
    expect(anna.status).to.equal(400);
    for (const type of ['nothing', '__proto__', 'constructor', '%00', '..%2f']) {
      await anna.go(`/request/new/${type}`);
      expect([400, 404], type).to.include(anna.status);
    }
  });

  it('is kept nowhere, tells nobody where one comes from, and runs nothing', async () => {
    for (const path of ['/request', ERASURE, '/request/find']) {
      await anna.go(path);
      expect(anna.headers.get('cache-control')).to.equal('no-store');
      expect(anna.headers.get('referrer-policy')).to.equal('no-referrer');
      expect(anna.headers.get('content-security-policy'))
        .to.include("form-action 'self'")
        .and.to.include("default-src 'none'")
        .and.not.to.include('script-src');
      expect(anna.headers.getSetCookie().join()).to.match(/Path=\/request; HttpOnly; SameSite=Strict/);
    }
  });

  it('knows itself behind a proxy: its cookies are for https alone, its forms from its own address', async () => {
    await desk.close();
    desk = await requestDesk({ address: () => 'https://privacy.example.se' });
    await new Person(desk.at).go('/request').then(({ headers }) => {
      expect(headers.getSetCookie().join()).to.include('; Secure');
    });
    const statusFrom = async (origin: string) => {
      const body = new URLSearchParams(GOOD);
      const answer = await fetch(new URL(ERASURE, desk.at), { method: 'POST', body, headers: { origin } });
      return (await answer.text()).includes('en annan webbplats') ? 'foreign' : answer.status;
    };
    // Behind a proxy the address is what counts, not the Host. From there only the token is missing.
    expect(await statusFrom('https://privacy.example.se')).to.equal(403);
    expect(await statusFrom(new URL(desk.at).origin)).to.equal('foreign');
    expect(await statusFrom('nonsense')).to.equal('foreign');
  });

  it('can be the chat alone, or a form elsewhere', async () => {
    const to = async (path: string) =>
      (await fetch(new URL(path, desk.at), { redirect: 'manual' })).headers.get('location');
    const changed = async (form: 'chat' | { template: string }) => {
      await desk.close();
      desk = await requestDesk({ form });
    };
    await changed('chat');
    expect([await to('/request'), await to(`${ERASURE}?lang=en`)]).to.deep.equal(['/chat', '/chat?lang=en']);
    await changed({ template: 'https://forms.example.com/?type={type}&email={email}' });
    expect(await to(ERASURE)).to.equal('https://forms.example.com/?type=erasure&email=');
    expect(await to('/request/new/nothing')).to.equal(null);
    const answer = await fetch(new URL(ERASURE, desk.at), {
      method: 'POST',
      body: new URLSearchParams(GOOD),
    });
    expect(answer.status).to.equal(405);
    expect(await tickets()).to.deep.equal([]);
  });
});
