import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Letter } from '../../src/letters/letter.ts';
import { letterFor } from '../../src/letters/letter-for.ts';
import { amended } from '../../src/tickets/amended.ts';
import { entryForCode } from '../../src/tickets/confirmation.ts';
import { entriesForAmend } from '../../src/tickets/outbox.ts';
import type { Ticket } from '../../src/tickets/ticket.ts';
import type { OutboxEntry } from '../../src/tickets/ticket-store.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { addresses, content, mailEntry, movedTo, receiptEntry } from './some-letters.ts';

// Every letter is compared to the letter with its file beside this one. `UPDATE_LETTERS=1` writes the files anew; then
// the diff is read as prose before it is committed.
const now = new Date('2026-02-01T12:00:00Z');
const known = { identity: 'email_confirmed' } as const;
const because = 'Din begäran rör många register.\nVi behöver gå igenom dem ett i taget.';

const write = ({ ticket, entry }: { ticket: Ticket; entry: OutboxEntry }, code: string | null = null) => {
  const letter = letterFor(entry, ticket, code, content, addresses);
  if (!letter) throw new RangeError('nothing to write');
  return letter;
};
const receipt = (changes: Partial<Ticket>) => {
  const ticket = someTicket('letter', changes);
  return write({ ticket, entry: receiptEntry(ticket) });
};
const code = (changes: Partial<Ticket>) => {
  const ticket = someTicket('letter', changes);
  return write({ ticket, entry: entryForCode({ ticketId: ticket.id, door: 'link' }, now) }, '042317');
};
const moved = (...given: Parameters<typeof movedTo>) => write(movedTo(...given));

const task = 'Ring dataskyddsjouren på 08-123 45 67 före den 20 februari och svara på två frågor.';
const toWhom = 'Vänd dig till ACME AB, dataskydd@acme.example.com. Det är de som har anlitat dig.';

const slots = {
  name: 'Anna Berg',
  email: 'anna.berg@example.se',
  country: 'SE',
  relation: 'candidate',
  data: 'mitt gamla cv\noch breven',
};
const swiss = { slots: { ...slots, country: 'CH' }, dueRule: 'swiss_30_days' };
const letters: Record<string, (locale: Ticket['locale']) => Letter> = {
  code: (locale) => code({ locale }),
  'code-opt-out': (locale) => code({ locale, type: 'marketing_opt_out' }),
  receipt: (locale) => receipt({ locale, slots }),
  'receipt-confirmed': (locale) => receipt({ locale, slots, ...known }),
  'receipt-complaint': (locale) => receipt({ locale, type: 'complaint' }),
  'receipt-at-once': (locale) => receipt({ locale, type: 'withdraw_consent' }),
  'receipt-undated': (locale) =>
    receipt({ locale, type: 'human_contact', due: null, dueRule: 'none', recipient: queue }),
  'receipt-new-address': (locale) => {
    const before = someTicket('letter', { locale, slots, ...known });
    const after = amended(before, { ...slots, email: 'anna@example.com' }, content);
    return write({ ticket: after, entry: mailEntry(entriesForAmend(before, after, now)) });
  },
  'receipt-filed-for': (locale) => receipt({ locale, filedBy: { role: 'recruiter', reference: 'aad' } }),
  'moved-in-progress': (locale) => moved('in_progress', { locale }),
  'moved-awaiting-verification': (locale) => moved('awaiting_verification', { locale }),
  'verify-task': (locale) => moved('awaiting_verification', { locale, ...known }, task),
  'verify-unconfirmed': (locale) => moved('awaiting_verification', { locale }, task),
  'verify-nothing': (locale) => moved('awaiting_verification', { locale, ...known }),
  'moved-expired': (locale) => moved('expired', { locale }),
  extended: (locale) => moved('extended', { locale, due: '2026-04-30', ...known }, because),
  'extended-unconfirmed': (locale) => moved('extended', { locale, due: '2026-04-30' }, because),
  refused: (locale) => moved('refused', { locale, ...known }, because),
  'refused-swiss': (locale) => moved('refused', { locale, ...swiss, ...known }, because),
  'refused-unconfirmed': (locale) => moved('refused', { locale }, because),
  referred: (locale) => moved('referred', { locale, ...known }, toWhom),
  'referred-unconfirmed': (locale) => moved('referred', { locale }, toWhom),
  'referred-marketsource': (locale) =>
    moved(
      'referred',
      { locale, recipient: { team: 'privacy_office', entity: 'marketsource_client' }, ...known },
      toWhom,
    ),
  completed: (locale) => moved('completed', { locale, ...known }, 'Ditt gamla cv är raderat.'),
  'completed-unconfirmed': (locale) => moved('completed', { locale }, 'Ditt gamla cv är raderat.'),
  'completed-silently': (locale) => moved('completed', { locale, ...known }),
  'completed-opt-out': (locale) => moved('completed', { locale, type: 'marketing_opt_out' }),
  withdrawn: (locale) => moved('withdrawn', { locale }, 'har ändrat mig'),
};
const queue = { team: 'queue', entity: 'limited' } as const;
const cases = Object.entries(letters).flatMap(([name, make]) =>
  (['sv', 'en'] as const).map((locale) => ({ name: `${name}.${locale}`, letter: () => make(locale) })),
);

describe('letters', () => {
  for (const { name, letter } of cases) {
    it(name, () => {
      const { subject, text } = letter();
      const written = `Subject: ${subject}\n\n${text}`;
      const file = join(import.meta.dirname, `${name}.txt`);
      if (process.env.UPDATE_LETTERS) writeFileSync(file, written);
      expect(existsSync(file), 'write it with UPDATE_LETTERS=1').to.equal(true);
      expect(written).to.equal(readFileSync(file, 'utf8'));
    });

    it(`${name} has the same words as text and as HTML`, () => {
      const { text, html } = letter();
      expect(words(unescaped(html))).to.deep.equal(words(text));
    });
  }

  it('have a file each, and no file is left over', () => {
    const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.txt'));
    expect(files.sort()).to.deep.equal(cases.map(({ name }) => `${name}.txt`).sort());
  });

  it('name their language, and that of what they quote', () => {
    const html = letters.refused?.('en').html ?? '';
    expect(html).to.match(/^<!doctype html>\n<html lang="en">/);
    expect(html).to.include('<blockquote lang="sv"');
    expect(html).to.include('<meta name="color-scheme" content="light dark">');
  });

  it('load nothing and run nothing', () => {
    for (const { letter } of cases)
      expect(letter().html).to.not.match(/<(?:script|img|link|iframe|form|object)|url\(|\son\w+=/i);
  });
});

describe('what a letter tells', () => {
  const secrets = ['Anna', 'Berg', 'anna.berg@example.se', 'cv', 'breven'];

  it('is nothing of the person while anybody may have typed the address', () => {
    const hidden = [
      receipt({ slots }),
      code({ slots }),
      ...(['in_progress', 'extended', 'refused', 'referred', 'completed'] as const).map((to) =>
        moved(to, { slots }, 'Anna Berg har skickat cv och breven till anna.berg@example.se'),
      ),
    ];
    for (const letter of hidden)
      for (const secret of secrets)
        expect(JSON.stringify(letter)).to.not.match(new RegExp(`\\b${secret}\\b`));
  });

  it('is what was sent once the address is known to be theirs', () => {
    for (const secret of secrets) expect(receipt({ slots, ...known }).text).to.include(secret);
  });

  it('holds the reasons of a marketing opt-out without any code', () => {
    const letter = moved('refused', { type: 'marketing_opt_out' }, 'Adressen finns inte hos oss.');
    expect(letter.text).to.include('Adressen finns inte hos oss.');
  });

  it('escapes what people wrote where it becomes HTML', () => {
    const hostile = `<img src=x onerror=alert(1)>&amp;"'</p><a href="https://evil.example.com">`;
    const { html, text } = receipt({ slots: { ...slots, data: hostile, name: hostile }, ...known });
    expect(html).to.not.include('<img').and.not.include('href="https://evil');
    expect(text).to.include(hostile);
    const refusal = moved('refused', known, `${hostile}\n<script>alert(1)</script>`).html;
    expect(refusal).to.not.include('<img').and.not.include('<script');
  });

  it('has one line as its subject, whatever the request says', () => {
    const hostile = 'Anna\r\nBcc: everybody@example.com\r\n\r\nHello';
    const { subject } = receipt({ slots: { ...slots, name: hostile, data: hostile }, ...known });
    expect(subject).to.equal(`Din begäran är mottagen, ${someTicket('letter').number}`);
  });

  it('counts the date as it stands, and says nothing of how where it stands otherwise', () => {
    expect(receipt({}).text).to.include('28 februari 2026 är en lördag');
    expect(receipt({ due: '2026-04-30' }).text)
      .to.include('30 april 2026')
      .and.not.include('lördag');
  });

  it('cites the GDPR for more time only where its month was counted', () => {
    expect(moved('extended', { ...swiss, due: '2026-04-30' }, because).text).to.not.include('12.3');
  });

  it('names IMY and the GDPR after a no only where its month was counted', () => {
    expect(moved('refused', known, because).text)
      .to.include('IMY')
      .and.include('artikel 77');
    expect(moved('refused', { ...swiss, ...known }, because).text)
      .to.include('där du bor')
      .and.not.match(/IMY|dataskyddsförordningen/);
  });

  it('begins with what somebody has written to the person', () => {
    const { text } = moved('awaiting_verification', known, task);
    expect(text.indexOf(task)).to.be.within(0, text.indexOf('Ärendenummer'));
    expect(text.indexOf('sekretessmeddelandet'), 'the notice comes last').to.be.above(
      text.indexOf('/request/find'),
    );
  });

  it('is not that a request was sent on, but where to turn, even before a code', () => {
    for (const identity of ['unconfirmed', 'email_confirmed'] as const) {
      const { text } = moved('referred', { identity }, toWhom);
      expect(text)
        .to.include('inte skickat begäran vidare')
        .and.match(/vart du vänder dig/i)
        .and.not.include('vidaresän');
    }
  });

  it('is that an opt-out is done where nobody says more of it', () => {
    const type = 'marketing_opt_out';
    expect(moved('completed', { type }).text).to.include('avregistrering från marknadsföring är klar');
    const joined = moved('completed', { type }, 'Den besvaras i ett annat ärende.').text;
    expect(joined).to.include('annat ärende').and.not.include('avregistrering från marknadsföring är klar');
  });

  it('is by when a confirmation is due where a request is dealt with at once', () => {
    for (const letter of [
      receipt({ type: 'withdraw_consent' }),
      moved('in_progress', { type: 'withdraw_consent' }),
    ])
      expect(letter.text)
        .to.match(/Hanteras: genast\nBekräftelse senast: 2 mars 2026/)
        .and.not.include('Svar senast');
    const late = moved('extended', { type: 'withdraw_consent', due: '2026-04-30' }, because).text;
    expect(late).to.include('Svar senast: 30 april 2026').and.not.include('genast');
  });

  it('is whom to write to: us, or the address of the notice for the person’s country', () => {
    const from = (country: string) => receipt({ slots: { ...slots, country } }).text;
    expect(from('SE')).to.include('privacyofficerEU@allegisgroup.co.uk');
    expect(from('CH')).to.include('privacyofficerEU@allegisgroup.co.uk');
    expect(from('US')).to.include('privacyofficer@allegisgroup.com');
    const { ticket, entry } = movedTo('in_progress');
    const ours = { ...addresses, answers: 'dataskydd@example.se' };
    expect(letterFor(entry, ticket, null, content, ours)?.text)
      .to.include('Skriv till dataskydd@example.se')
      .and.not.include('privacyofficer');
    expect(code({}).text, 'the code').to.not.include('Skriv till');
  });

  it('leads to pages in its language', () => {
    for (const { letter, name } of cases) {
      const links = letter().text.match(/https:\/\/privacy\.example\.se\S*/g) ?? [];
      for (const link of links)
        expect(new URL(link).searchParams.get('lang'), link).to.equal(name.endsWith('.en') ? 'en' : null);
    }
  });

  it('leads on to a new request where it says that one can be made', () => {
    for (const to of ['withdrawn', 'expired'] as const)
      expect(moved(to, { locale: 'en' }).text).to.include('https://privacy.example.se/request?lang=en\n');
  });

  it('is about its own step when it comes late', () => {
    const { ticket, entry } = movedTo('in_progress');
    const { text } = write({ ticket: movedTo('completed', ticket).ticket, entry });
    expect(text).to.include('Nu arbetar någon').and.not.include('klar');
    const later = movedTo('extended', { ...ticket, due: '2026-04-30' }, because).ticket;
    expect(write({ ticket: later, entry }).text, 'a day that its step did not have').to.not.include('april');
  });

  it('keeps a number in one piece', () => {
    const { number } = someTicket('letter');
    const { html } = moved('in_progress');
    expect(html).to.match(
      new RegExp(`<h1[^>]*>Nytt om ärende <span style="white-space: nowrap;">${number}</span></h1>`),
    );
  });

  it('is a receipt where a draft is sent in', () => {
    expect(moved('submitted', { status: 'draft' }).subject).to.match(/^Din begäran är mottagen/);
  });

  it('is nothing where no code holds any more, or the entry is of no step', () => {
    const ticket = someTicket('letter');
    expect(
      letterFor(entryForCode({ ticketId: ticket.id, door: 'link' }, now), ticket, null, content, addresses),
    ).to.equal(null);
    const { entry } = movedTo('completed');
    expect(letterFor(entry, ticket, null, content, addresses)).to.equal(null);
  });
});

function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words of a body, without its markup. */
function unescaped(html: string): string {
  return html
    .slice(html.indexOf('<body'))
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)));
}
