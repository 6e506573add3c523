import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { zipSync } from 'fflate';
import { z } from 'zod';
import { ConfigError } from './config.ts';

const environmentSchema = z.object({
  MICROSOFT_APP_ID: z.guid('must be the GUID of the bot’s app registration'),
  PUBLIC_URL: z.url({ protocol: /^https$/, error: 'must be the https address people reach the service at' }),
  TEAMS_APP_ID: z.guid('must be a GUID').optional(),
});

/** What differs from one installation's Teams app to another's: the values of the template's slots. */
export interface TeamsApp {
  MICROSOFT_APP_ID: string;
  TEAMS_APP_ID: string;
  HOST: string;
  VERSION: string;
}

/** The template, its language file or an icon does not fit. The message names every fault, one a line. */
export class TeamsPackageError extends Error {
  constructor(faults: readonly string[]) {
    super(`The Teams app does not fit:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'TeamsPackageError';
  }
}

const iconPixels: Record<string, number> = { 'color.png': 192, 'outline.png': 32 };

/**
 * The app's values from the environment. Without `TEAMS_APP_ID` the app's id is made of the bot's, so that a package
 * made again updates the app instead of adding a second one.
 * @throws {ConfigError} with all faults at once.
 */
export function readTeamsApp(environment: Record<string, string | undefined>, version: string): TeamsApp {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  const bot = parsed.data.MICROSOFT_APP_ID.toLowerCase();
  return {
    MICROSOFT_APP_ID: bot,
    TEAMS_APP_ID: parsed.data.TEAMS_APP_ID?.toLowerCase() ?? uuidOf(bot, 'teams-app'),
    HOST: new URL(parsed.data.PUBLIC_URL).host,
    VERSION: version,
  };
}

/**
 * The app package: the zip that a Teams administrator uploads. The same values give the same bytes.
 * @throws {TeamsPackageError} with all faults at once.
 */
export async function packTeamsApp(app: TeamsApp, folder: string): Promise<Uint8Array> {
  const faults: string[] = [];
  const read = (name: string) => readFileSync(join(folder, name));
  const manifest = read('manifest.json')
    .toString('utf8')
    .replace(/\$\{\{(\w+)\}\}/g, (slot, name: string) => {
      const value = (app as unknown as Record<string, string>)[name];
      if (value === undefined) faults.push(`manifest.json: nothing fills ${slot}`);
      return value ?? slot;
    });
  const english = read('en.json').toString('utf8');
  for (const [name, text] of Object.entries({ 'manifest.json': manifest, 'en.json': english }))
    for (const fault of await schemaFaults(text)) faults.push(`${name}: ${fault}`);
  const icons = Object.entries(iconPixels).map(([name, pixels]) => {
    const icon = read(name);
    if (!isPng(icon, pixels)) faults.push(`${name}: is no PNG of ${pixels} × ${pixels} pixels`);
    return [name, icon];
  });
  if (faults.length > 0) throw new TeamsPackageError(faults);
  const text = new TextEncoder();
  return zipSync(
    { 'manifest.json': text.encode(manifest), 'en.json': text.encode(english), ...Object.fromEntries(icons) },
    // A zip knows no time zone and begins in 1980.
    { level: 9, mtime: new Date(1980, 0, 1) },
  );
}

const schemaNamed = z.looseObject({ $schema: z.string() });

async function schemaFaults(text: string): Promise<string[]> {
  let named: z.infer<typeof schemaNamed>;
  try {
    named = schemaNamed.parse(JSON.parse(text));
  } catch {
    return ['is no JSON object with a $schema'];
  }
  const schema = await AppManifestUtils.fetchSchema(named.$schema as never);
  return AppManifestUtils.validateAgainstSchema(
    named as never,
    withReadablePatterns(schema as object) as never,
  );
}

// Microsoft's schema for language files has patterns that no JavaScript engine reads as Unicode (a lone bracket); the
// validator fails on them whatever the file holds. They concern parts that this app does not have.
function withReadablePatterns(schema: { patternProperties?: Record<string, unknown> }) {
  const isReadable = (pattern: string) => {
    try {
      return new RegExp(pattern, 'u') instanceof RegExp;
    } catch {
      return false;
    }
  };
  if (!schema.patternProperties) return schema;
  const readable = Object.entries(schema.patternProperties).filter(([pattern]) => isReadable(pattern));
  return { ...schema, patternProperties: Object.fromEntries(readable) };
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function isPng(file: Buffer, pixels: number): boolean {
  if (file.length < 24 || !file.subarray(0, 8).equals(signature)) return false;
  return file.readUInt32BE(16) === pixels && file.readUInt32BE(20) === pixels;
}

// RFC 9562, section 5.5: a UUID of version 5.
function uuidOf(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
