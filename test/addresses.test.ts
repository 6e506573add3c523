import { expect } from 'chai';
import { addressesOf } from '../src/addresses.ts';
import { renderReply } from '../src/conversation/render.ts';
import { content } from './letters/some-letters.ts';

describe('the addresses of the service', () => {
  const { links } = addressesOf('https://privacy.example.se', false);

  it('lead to pages in the language of whoever is told them', () => {
    expect(links.passage('rights-5', 'sv')).to.equal('https://privacy.example.se/notice#rights-5');
    expect(links.passage('rights-5', 'en')).to.equal('https://privacy.example.se/notice?lang=en#rights-5');
    expect(links.find('en')).to.equal('https://privacy.example.se/request/find?lang=en');
    const reply = { is: 'quote', passage: 'rights-5', advisories: [], choices: [], answers: true } as const;
    expect(renderReply(reply, content, 'en', links)).to.include('/notice?lang=en#rights-5');
    expect(renderReply(reply, content, 'sv', links)).to.include('/notice#rights-5');
  });

  it('are known on this machine once its port is open', () => {
    const local = addressesOf(null, true);
    expect([local.own(), local.links.find('sv')]).to.deep.equal([null, '/request/find']);
    local.opened(3978);
    expect(local.links.find('sv')).to.equal('http://127.0.0.1:3978/request/find');
  });
});
