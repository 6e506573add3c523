import { expect } from 'chai';
import { recipientOf } from '../../src/tickets/recipient.ts';
import { mintFrom, ticketNumbersIn } from '../../src/tickets/ticket-number.ts';

describe('ticket numbers', () => {
  const mint = mintFrom(new Uint8Array(32));

  it('are short, readable and the same for the same key', () => {
    expect(mint('a').number).to.match(/^SA-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(mint('a')).to.deep.equal(mint('a'));
  });

  it('differ by key and by secret', () => {
    const numbers = new Set(Array.from({ length: 2000 }, (_, index) => mint(`key ${index}`).number));
    expect(numbers.size).to.equal(2000);
    expect(mintFrom(new Uint8Array(32).fill(1))('a').token).to.not.equal(mint('a').token);
  });

  it('have tokens of 256 bits', () => expect(Buffer.from(mint('a').token, 'base64url')).to.have.length(32));

  const typed: [string, string[]][] = [
    ['SA-7K3M-9QXP', ['SA-7K3M-9QXP']],
    ['hur går det med sa-7k3m-9qxp?', ['SA-7K3M-9QXP']],
    ['sa7k3m9qxp', ['SA-7K3M-9QXP']],
    ['SA 7K3M 9QXP', ['SA-7K3M-9QXP']],
    ['nr SA-OI3M-9QXL.', ['SA-013M-9QX1']],
    ['NASA-7K3M-9QXP', []],
    ['sa nej tack till mig', []],
    ['SA-7K3M-9QXPX', []],
  ];
  for (const [text, numbers] of typed)
    it(`in «${text}»`, () => expect(ticketNumbersIn(text)).to.deep.equal(numbers));
});

describe('the recipient', () => {
  it('is Bracknell for the EEA and Switzerland, Hanover for others', () => {
    expect(recipientOf('privacy_office', 'SE', null).entity).to.equal('limited');
    expect(recipientOf('privacy_office', 'CH', null).entity).to.equal('limited');
    expect(recipientOf('privacy_office', 'US', null).entity).to.equal('inc');
    expect(recipientOf('privacy_office', 'GB', null).entity).to.equal('inc');
  });

  it('is Bracknell where no country was told', () =>
    expect(recipientOf('dpo', null, 'candidate').entity).to.equal('limited'));

  it('is the MarketSource client for its end customers', () =>
    expect(recipientOf('privacy_office', 'SE', 'marketsource_customer').entity).to.equal(
      'marketsource_client',
    ));
});
