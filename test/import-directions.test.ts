import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../src/paths.ts';

// Which room may import which (docs/design.md). A room may always import itself.
const may: Record<string, readonly string[]> = {
  text: [],
  content: ['text'],
  understanding: ['text', 'content'],
  tickets: ['content'],
  conversation: ['understanding', 'tickets', 'content', 'text'],
  cards: ['conversation', 'tickets', 'content', 'text'],
  exports: ['tickets', 'content', 'text'],
  http: ['text'],
  pages: ['conversation', 'tickets', 'content', 'text'],
  letters: ['pages', 'conversation', 'tickets', 'content', 'text'],
  adapters: [
    'cards',
    'http',
    'pages',
    'letters',
    'exports',
    'conversation',
    'understanding',
    'tickets',
    'content',
    'text',
  ],
};
const SDK = 'src/adapters/bot-framework';

const source = join(ROOT, 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);
const imports = files.flatMap((name) => {
  const text = readFileSync(join(source, name), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?['"]([^'"]+)['"]/g)].map(([, target = '']) => ({
    name,
    target,
  }));
});
const local = imports
  .filter(({ target }) => target.startsWith('.'))
  .map(({ name, target }) => ({ name, target: relative(source, resolve(source, dirname(name), target)) }));
const roomOf = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? '') : '');

describe('imports', () => {
  it('exist to be looked at', () => expect(local.length).to.be.greaterThan(100));

  it('keep the directions of the house', () => {
    const wrong = local.filter(({ name, target }) => {
      const [from, to] = [roomOf(name), roomOf(target)];
      return from !== '' && from !== to && !may[from]?.includes(to);
    });
    expect(wrong).to.deep.equal([]);
  });

  it('of an adapter never name another adapter', () => {
    const adapter = (path: string) => path.split('/').slice(0, 2).join('/');
    const wrong = local.filter(
      ({ name, target }) =>
        roomOf(name) === 'adapters' && roomOf(target) === 'adapters' && adapter(name) !== adapter(target),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('of the SDK stand in its folder alone', () => {
    const wrong = imports.filter(
      ({ name, target }) => target.startsWith('botbuilder') && !`src/${name}`.startsWith(SDK),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('name no room from its roots', () => {
    const wrong = local.filter(({ name, target }) => roomOf(name) !== '' && roomOf(target) === '');
    expect(wrong).to.deep.equal([]);
  });

  it('leave the conversation pure: no clock, randomness, network, file or environment', () => {
    const host = ['converse.ts'];
    const pure = files.filter(
      (name) => name.startsWith('conversation/') && !host.includes(name.split('/')[1] ?? ''),
    );
    for (const name of pure) {
      const text = readFileSync(join(source, name), 'utf8');
      expect(text, name).to.not.match(
        /node:(?!crypto)|Date\.now|new Date\(\)|Math\.random|randomUUID|process\.|fetch\(/,
      );
    }
  });
});
