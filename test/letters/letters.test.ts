import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Letter } from '../../src/letters/letter.ts';
import { letterFor } from '../../src/letters/letter-for.ts';
import { entryForCode } from '../../src/tickets/confirmation.ts';
import type { Ticket } from '../../src/tickets/ticket.ts';
import type { OutboxEntry } from '../../src/tickets/ticket-store.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { addresses, content, movedTo, receiptEntry } from './some-letters.ts';

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

const slots = {
  name: 'Anna Berg',
  email: 'anna.berg@example.se',
  country: 'SE',
  relation: 'candidate',
  data: 'mitt gamla cv\noch breven',
};
const letters: Record<string, (locale: Ticket['locale']) => Letter> = {
  code: (locale) => code({ locale }),
  'code-opt-out': (locale) => code({ locale, type: 'marketing_opt_out' }),
  receipt: (locale) => receipt({ locale, slots }),
  'receipt-confirmed': (locale) => receipt({ locale, slots, ...known }),
  'receipt-complaint': (locale) => receipt({ locale, type: 'complaint' }),
  'receipt-at-once': (locale) => receipt({ locale, type: 'withdraw_consent' }),
  'receipt-undated': (locale) =>
    receipt({ locale, type: 'human_contact', due: null, dueRule: 'none', recipient: queue }),
  'receipt-filed-for': (locale) => receipt({ locale, filedBy: { role: 'recruiter', reference: 'aad' } }),
  'moved-in-progress': (locale) => moved('in_progress', { locale }),
  'moved-awaiting-verification': (locale) => moved('awaiting_verification', { locale }),
  'moved-expired': (locale) => moved('expired', { locale }),
  extended: (locale) => moved('extended', { locale, due: '2026-04-30', ...known }, because),
  'extended-unconfirmed': (locale) => moved('extended', { locale, due: '2026-04-30' }, because),
  refused: (locale) => moved('refused', { locale, ...known }, because),
  'refused-unconfirmed': (locale) => moved('refused', { locale }, because),
  referred: (locale) => moved('referred', { locale, ...known }, because),
  'referred-marketsource': (locale) =>
    moved(
      'referred',
      { locale, recipient: { team: 'privacy_office', entity: 'marketsource_client' } },
      because,
    ),
  completed: (locale) => moved('completed', { locale, ...known }, 'Ditt gamla cv är raderat.'),
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
    const swiss = { slots: { ...slots, country: 'CH' }, dueRule: 'swiss_30_days', due: '2026-04-30' };
    expect(moved('extended', swiss, because).text).to.not.include('12.3');
  });

  it('is about its own step when it comes late', () => {
    const { ticket, entry } = movedTo('in_progress');
    const { text } = write({ ticket: movedTo('completed', ticket).ticket, entry });
    expect(text).to.include('Nu arbetar någon').and.not.include('klar');
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
