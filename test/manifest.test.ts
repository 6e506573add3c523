import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { ConfigError } from '../src/config.ts';
import { ROOT } from '../src/paths.ts';
import { packTeamsApp, readTeamsApp, TeamsPackageError } from '../src/teams-package.ts';
import { languageOf } from '../src/text/language.ts';
import { says, someHost } from './conversation/some-assistant.ts';
import { readPng } from './teams/read-png.ts';

const environment = {
  MICROSOFT_APP_ID: '0F0F0F0F-1111-4222-8333-444444444444',
  PUBLIC_URL: 'https://privacy.example.se/',
};
const folder = join(ROOT, 'manifest');

describe('the Teams app package', () => {
  let files: Record<string, Uint8Array>;
  // biome-ignore lint/suspicious/noExplicitAny: the schema says what it holds; the test walks through it.
  let manifest: any;
  let english: Record<string, string>;
  before(async () => {
    files = unzipSync(await packTeamsApp(readTeamsApp(environment, '1.2.3'), folder));
    manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));
    english = JSON.parse(strFromU8(files['en.json'] ?? new Uint8Array()));
  });

  it('holds the manifest, the English texts and two icons, and nothing else', () => {
    expect(Object.keys(files)).to.have.members(['manifest.json', 'en.json', 'color.png', 'outline.png']);
  });

  it('fits Microsoft’s schema, and no slot is left empty', async () => {
    expect(await AppManifestUtils.validateAgainstSchema(manifest)).to.deep.equal([]);
    expect(JSON.stringify(manifest)).to.not.include('${{');
    expect(manifest.version).to.equal('1.2.3');
    expect(manifest.bots[0].botId).to.equal('0f0f0f0f-1111-4222-8333-444444444444');
    expect(manifest.composeExtensions[0].botId).to.equal(manifest.bots[0].botId);
    expect(manifest.developer.privacyUrl).to.equal('https://privacy.example.se/notice');
    expect(manifest.validDomains).to.deep.equal(['privacy.example.se']);
  });

  it('is the same, byte for byte, when it is made again', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(() => packTeamsApp(readTeamsApp(environment, '1.2.3'), folder)),
    );
    expect(Buffer.from(one ?? []).equals(other ?? new Uint8Array())).to.equal(true);
  });

  it('offers the bot alone, in groups and in teams, and both message extensions', () => {
    expect(manifest.bots[0].scopes).to.have.members(['personal', 'team', 'groupChat']);
    expect(
      manifest.bots[0].commandLists.flatMap((list: { scopes: string[] }) => list.scopes),
    ).to.have.members(manifest.bots[0].scopes);
    const [search, file] = manifest.composeExtensions[0].commands;
    expect(search).to.include({ id: 'searchNotice', type: 'query', initialRun: true });
    expect(search.parameters.map((parameter: { name: string }) => parameter.name)).to.deep.equal(['query']);
    expect(file).to.include({ id: 'fileRequest', type: 'action', fetchTask: true });
    expect(file.context).to.include('message');
  });

  it('has everything in English that a person reads, and nothing more', async () => {
    const translatable = await translatableTexts(manifest);
    expect(Object.keys(english).filter((key) => key !== '$schema')).to.have.members(
      Object.keys(translatable),
    );
    for (const [path, swedish] of Object.entries(translatable)) {
      expect(english[path], path).to.be.a('string').and.not.equal(swedish);
      expect(english[path], path).to.not.match(/[åäö]/i);
      expect(languageOf(english[path] ?? ''), path).to.not.equal('sv');
      expect(languageOf(swedish), path).to.not.equal('en');
    }
  });

  it('names commands that the assistant understands, in both languages', async () => {
    const understood = [
      'question',
      'access',
      'marketing_opt_out',
      'erasure',
      'cancel',
      'help',
      'forget_conversation',
    ];
    for (const [index, list] of manifest.bots[0].commandLists.entries()) {
      for (const [place, command] of list.commands.entries()) {
        const translated = english[`bots[0].commandLists[${index}].commands[${place}].title`] ?? '';
        for (const title of [command.title, translated]) {
          const [outcome] = await says(someHost(), title);
          expect(outcome?.intent ?? outcome?.kind, title).to.equal(understood[place]);
        }
      }
      expect(list.commands.length).to.equal(understood.length);
    }
  });

  it('has a square icon in the accent colour, its sign within the middle 120 pixels', () => {
    const pixels = readPng(files['color.png'] ?? new Uint8Array());
    expect(pixels.width).to.equal(192);
    expect(pixels.height).to.equal(192);
    const accent = manifest.accentColor.toLowerCase();
    const all = [...pixels.all()];
    expect(all.every(({ alpha }) => alpha === 255)).to.equal(true);
    const sign = all.filter(({ colour }) => colour !== accent);
    expect(sign.length).to.be.greaterThan(1000);
    const reach = sign.map(({ x, y }) => Math.max(Math.abs(x - 95.5), Math.abs(y - 95.5)));
    expect(Math.max(...reach)).to.be.below(60);
  });

  it('has an outline in white on nothing, out to the edges', () => {
    const pixels = readPng(files['outline.png'] ?? new Uint8Array());
    expect(pixels.width).to.equal(32);
    expect(pixels.height).to.equal(32);
    const drawn = [...pixels.all()].filter(({ alpha }) => alpha > 0);
    expect(new Set(drawn.map(({ colour }) => colour))).to.deep.equal(new Set(['#ffffff']));
    expect(drawn.length).to.be.within(100, 700);
    expect(Math.max(...drawn.map(({ x }) => x)) - Math.min(...drawn.map(({ x }) => x))).to.be.at.least(28);
  });
});

describe('making the Teams app package', () => {
  const work = mkdtempSync(join(tmpdir(), 'teams-app-'));
  after(() => rmSync(work, { recursive: true }));
  const run = (env: Record<string, string>) =>
    spawnSync(process.execPath, [join(ROOT, 'src', 'pack-manifest.ts')], {
      cwd: work,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', ...env },
      timeout: 60_000,
    });

  it('names every fault of the environment at once and writes nothing', () => {
    const { status, stderr } = run({ TEAMS_APP_ID: 'mine', PUBLIC_URL: 'http://privacy.example.se' });
    expect(status).to.equal(1);
    for (const name of ['MICROSOFT_APP_ID', 'PUBLIC_URL', 'TEAMS_APP_ID']) expect(stderr).to.include(name);
    expect(existsSync(join(work, 'teams-app.zip'))).to.equal(false);
  });

  it('writes teams-app.zip with the version of package.json', () => {
    const { status, stderr } = run(environment);
    expect(status, stderr).to.equal(0);
    const files = unzipSync(readFileSync(join(work, 'teams-app.zip')));
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array())).version).to.equal(version);
  });

  it('keeps an app’s id from one package to the next, and takes one that is given', () => {
    const made = readTeamsApp(environment, '1.0.0').TEAMS_APP_ID;
    expect(made).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(readTeamsApp(environment, '2.0.0').TEAMS_APP_ID).to.equal(made);
    const other = { ...environment, MICROSOFT_APP_ID: '0f0f0f0f-1111-4222-8333-444444444445' };
    expect(readTeamsApp(other, '1.0.0').TEAMS_APP_ID).to.not.equal(made);
    const given = '11111111-2222-4333-8444-555555555555';
    expect(readTeamsApp({ ...environment, TEAMS_APP_ID: given }, '1.0.0').TEAMS_APP_ID).to.equal(given);
  });

  it('takes an empty setting for none', () => {
    expect(() => readTeamsApp({ ...environment, MICROSOFT_APP_ID: '' }, '1.0.0')).to.throw(
      ConfigError,
      'MICROSOFT_APP_ID',
    );
    expect(readTeamsApp({ ...environment, TEAMS_APP_ID: '' }, '1.0.0').TEAMS_APP_ID).to.have.length(36);
  });

  it('names every fault of template, texts and icons at once', async () => {
    const spoiled = join(work, 'spoiled');
    cpSync(folder, spoiled, { recursive: true });
    const change = (name: string, from: string, to: string) => {
      const text = readFileSync(join(spoiled, name), 'utf8');
      expect(text).to.include(from);
      writeFileSync(join(spoiled, name), text.replace(from, to));
    };
    change('manifest.json', '"short": "Sekretessassistenten"', `"short": "${'S'.repeat(31)}"`);
    change('manifest.json', '#1F5F8B', '$'.concat('{{COLOUR}}'));
    change('en.json', 'Search the privacy notice', 'Search the privacy notice, word for word');
    cpSync(join(folder, 'outline.png'), join(spoiled, 'color.png'));
    const error = await packTeamsApp(readTeamsApp(environment, '1.0.0'), spoiled).catch((thrown) => thrown);
    expect(error).to.be.instanceOf(TeamsPackageError);
    expect(error.message)
      .to.include('/name/short')
      .and.include('nothing fills')
      .and.include('COLOUR')
      .and.include('composeExtensions[0].commands[0].title')
      .and.include('color.png')
      .and.not.include('outline.png');
  });
});

// The texts that Microsoft's schema for language files has a place for, by their paths as it writes them.
async function translatableTexts(manifest: object): Promise<Record<string, string>> {
  const { $schema } = JSON.parse(readFileSync(join(folder, 'en.json'), 'utf8'));
  const schema = (await AppManifestUtils.fetchSchema($schema)) as {
    properties: object;
    patternProperties: object;
  };
  const patterns = Object.keys(schema.patternProperties).map((pattern) => new RegExp(pattern));
  const isTranslatable = (path: string) =>
    Object.hasOwn(schema.properties, path) || patterns.some((pattern) => pattern.test(path));
  const texts: Record<string, string> = {};
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'string' && path !== '$schema' && isTranslatable(path)) texts[path] = value;
    if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, `${path}[${index}]`);
    else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) walk(item, path ? `${path}.${key}` : key);
  };
  walk(manifest, '');
  return texts;
}
