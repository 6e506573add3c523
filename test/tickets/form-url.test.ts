import { expect } from 'chai';
import fc from 'fast-check';
import { checkFormTemplate, FormTemplateError, formUrl } from '../../src/tickets/form-url.ts';

const TEMPLATE = 'https://forms.example.com/request?type={type}&email={email}#{data}';

describe('the address of a form elsewhere', () => {
  it('is filled in with everything percent-encoded, and what is not given left empty', () => {
    expect(formUrl(TEMPLATE, 'erasure', { email: 'anna+cv@example.se' })).to.equal(
      'https://forms.example.com/request?type=erasure&email=anna%2Bcv%40example.se#',
    );
    expect(formUrl(TEMPLATE, 'access', { data: "å & '(*)'!" })).to.match(
      /#%C3%A5%20%26%20%27%28%2A%29%27%21$/,
    );
  });

  it('leads to the same place and carries the same value, whatever is put in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (email) => {
        const url = new URL(formUrl(TEMPLATE, 'erasure', { email }));
        expect(url.origin + url.pathname).to.equal('https://forms.example.com/request');
        expect(Object.fromEntries(url.searchParams)).to.deep.equal({
          type: 'erasure',
          email: email.toWellFormed(),
        });
      }),
      { numRuns: 300 },
    );
  });

  it('takes no value from what every object has', () => {
    expect(formUrl('https://example.com/?x={constructor}', 'access', {})).to.equal('https://example.com/?x=');
  });

  it('needs https, a fixed place, and slots that there are', () => {
    const known = ['email', 'data'];
    expect(checkFormTemplate(TEMPLATE, known)).to.equal(TEMPLATE);
    for (const template of [
      'http://forms.example.com/?email={email}',
      'javascript:alert({email})',
      'https://{email}.example.com/',
      'https://forms.example.com/{type}/new',
      'https://forms.example.com{email}',
      'https://user:secret@forms.example.com/?email={email}',
      'https://forms.example.com\\@evil.example.com/?email={email}',
      'https://forms.example.com/?phone={phone}',
      'https://forms.example.com/?email={email',
      '//forms.example.com/?email={email}',
      '',
    ])
      expect(() => checkFormTemplate(template, known), template).to.throw(FormTemplateError);
  });
});
