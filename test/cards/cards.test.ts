import { expect } from 'chai';
import type { Card, Surface } from '../../src/cards/card.ts';
import { type FileForm, fileCard } from '../../src/cards/file-card.ts';
import { readFields } from '../../src/cards/form-card.ts';
import { ticketCard } from '../../src/cards/receipt-card.ts';
import { renderCard } from '../../src/cards/render-card.ts';
import { quotedWords } from '../../src/content/quote.ts';
import { quoteReply } from '../../src/conversation/answer.ts';
import { converse, type Host } from '../../src/conversation/converse.ts';
import { noPages, renderReply } from '../../src/conversation/render.ts';
import { newState } from '../../src/conversation/state.ts';
import type { FormSent, Outcome } from '../../src/conversation/turn.ts';
import type { Locale } from '../../src/text/words.ts';
import { someHost } from '../conversation/some-assistant.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { officialFaults } from './official.ts';

const surfaces: readonly Surface[] = ['web', 'teams'];
const now = new Date('2026-01-31T09:00:00Z');
const links = {
  find: () => 'https://example.se/request/find',
  passage: (id: string) => `https://example.se/notice#${id}`,
  ticket: () => 'https://example.se/request/t',
};

/** Everything that a card shows or asks, in reading order, without Markdown's marks. */
function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join('\n');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, each]) => {
      if (typeof each === 'string')
        return ['text', 'title', 'value', 'label', 'placeholder'].includes(key) ? each : '';
      return ['data', 'refresh', 'speak', 'fallbackText'].includes(key) ? '' : wordsOf(each);
    })
    .join('\n');
}

function conversation(host: Host, locale: Locale) {
  let turn = 0;
  return (said: string | FormSent): Promise<Outcome> => {
    turn += 1;
    const input = typeof said === 'string' ? { text: said } : { text: '', form: said };
    return converse({ id: `t${turn}`, conversation: 'c', channel: 'web', locale, now, ...input }, host);
  };
}

const cardsOf = (outcome: Outcome, host: Host, surface: Surface): Card[] =>
  outcome.replies.flatMap((reply) => {
    const scene = { content: host.assistant.content, state: outcome.state, links, surface, person: 'p' };
    return renderCard(reply, scene) ?? [];
  });

describe('cards', () => {
  it('are held against a parser that finds faults', () => {
    const wrong = {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [{ type: 'TextBlock', text: 'a', size: 'Huge' }],
    };
    expect(officialFaults(wrong)).to.have.length(1);
  });

  for (const locale of ['sv', 'en'] as const) {
    for (const surface of surfaces) {
      it(`fit version 1.5 as Microsoft's parser reads it: ${locale}, ${surface}`, async () => {
        const host = someHost();
        const say = conversation(host, locale);
        const opened = await say(locale === 'sv' ? 'radera mina uppgifter' : 'erase my data');
        const key = opened.state.request?.key ?? '';
        const outcomes = [
          opened,
          await say({ key, act: 'review', slots: { name: '', email: 'x' } }),
          await say({ key, act: 'review', slots: { name: 'Anna Berg', email: 'anna@example.se' } }),
          await say(locale === 'sv' ? 'ja' : 'yes'),
          await say(
            locale === 'sv' ? 'gäller Privacy Shield fortfarande?' : 'is Privacy Shield still valid?',
          ),
          await say(locale === 'sv' ? 'hjälp' : 'help'),
        ];
        const cards = outcomes.flatMap((outcome) => cardsOf(outcome, host, surface));
        const state = newState(locale);
        const scene = { content: host.assistant.content, state, links, surface, person: 'p' };
        const form: FileForm = { id: 'f', type: '', slots: {}, day: '2026-01-30', time: '09:00' };
        const faults = [{ slot: 'email', id: 'invalid.email', given: 'x' }];
        cards.push(ticketCard(someTicket('a'), scene), fileCard(form, faults, scene));
        expect(cards.length).to.be.greaterThan(6);
        for (const card of cards) expect(officialFaults(card), JSON.stringify(card)).to.deep.equal([]);
      });
    }

    it(`for every passage quote it word for word, with its place: ${locale}`, () => {
      const { content } = someHost().assistant;
      for (const id of content.passages.keys()) {
        const reply = quoteReply(id, [], content);
        const card = renderCard(reply, {
          content,
          state: newState(locale),
          links,
          surface: 'web',
          person: 'p',
        });
        const squeeze = (text: string) => text.replace(/\s+/g, ' ');
        const quoted = quotedWords(id, content).replace(/<(https?:[^>\s]+)>/g, '[$1]($1)');
        expect(squeeze(wordsOf(card?.body[0])), id).to.include(squeeze(quoted).trim());
        expect(wordsOf(card), id).to.include(`/notice#${id}`);
        expect(officialFaults(card ?? {}), id).to.deep.equal([]);
      }
    });
  }

  it('carry the words of their text for clients that show none', async () => {
    const host = someHost();
    const say = conversation(host, 'sv');
    const outcome = await say('hur länge sparas mitt cv?');
    const reply = outcome.replies.at(-1);
    const [card] = cardsOf(outcome, host, 'web').slice(-1);
    if (!reply || !card) return expect.fail('no answer');
    const text = renderReply(reply, host.assistant.content, 'sv', noPages);
    const plain = (marked: string) => marked.replace(/[^\p{L}\p{N}]+/gu, ' ');
    // The quote, the source without its address, and every way on stand in the text too.
    const quote = quotedWords('retention-1', host.assistant.content);
    for (const part of [quote, 'Lagring av personuppgifter', '24 augusti 2018', 'När raderas uppgifterna?']) {
      expect(plain(card.fallbackText)).to.include(plain(part));
      expect(plain(wordsOf(card))).to.include(plain(part));
      expect(plain(text)).to.include(plain(part));
    }
  });

  it('submit on the web and execute in Teams', async () => {
    const host = someHost();
    const outcome = await conversation(host, 'sv')('radera mina uppgifter');
    const actions = (surface: Surface) =>
      JSON.stringify(cardsOf(outcome, host, surface)).match(/Action\.(?:Submit|Execute)/g);
    expect(new Set(actions('web'))).to.deep.equal(new Set(['Action.Submit']));
    expect(new Set(actions('teams'))).to.deep.equal(new Set(['Action.Execute']));
  });

  it('pre-fill a form with what has been said, and put what is wrong beside its field', async () => {
    const host = someHost();
    const say = conversation(host, 'sv');
    const opened = await say('jag heter Anna Berg och bor i Norge, radera mina uppgifter');
    const form = JSON.stringify(cardsOf(opened, host, 'web').at(-1));
    expect(form).to.include('"value":"Anna Berg"').and.to.include('"value":"Norge"');
    const key = opened.state.request?.key ?? '';
    const again = await say({ key, act: 'review', slots: { name: 'Anna Berg', email: 'anna(at)example' } });
    const field = cardsOf(again, host, 'web')
      .at(-1)
      ?.body.find((each) => JSON.stringify(each).includes('slot_email'));
    expect(JSON.stringify(field))
      .to.include('"value":"anna(at)example"')
      .and.to.include('verkar inte vara hel');
  });

  it('show what a person wrote as it is, never as formatting', async () => {
    const host = someHost();
    const say = conversation(host, 'sv');
    const opened = await say('radera mina uppgifter');
    const slots = { name: '[Anna](https://example.com) *Berg*', email: 'anna@example.se' };
    const summary = await say({ key: opened.state.request?.key ?? '', act: 'review', slots });
    const card = cardsOf(summary, host, 'web').at(-1);
    const facts = JSON.stringify(card?.body.find(({ type }) => type === 'FactSet'));
    expect(facts).to.include('\\\\[Anna\\\\](https://example.com) \\\\*Berg\\\\*');
  });

  it('give their fields back by slot', () => {
    expect(readFields({ slot_name: 'Anna', slot_email: 1, verb: 'form', form: 'k' })).to.deep.equal({
      name: 'Anna',
    });
  });

  it('ask Teams to refresh a receipt, for the person it is for', () => {
    const { content } = someHost().assistant;
    const scene = { content, state: newState('sv'), links, surface: 'teams' as const, person: 'p' };
    const { refresh } = ticketCard(someTicket('a'), scene);
    expect(refresh).to.deep.equal({
      action: { type: 'Action.Execute', verb: 'ticket', data: { number: someTicket('a').number } },
      userIds: ['p'],
    });
    expect(ticketCard(someTicket('a'), { ...scene, surface: 'web' }).refresh).to.equal(undefined);
  });
});
