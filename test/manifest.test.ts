import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { ROOT } from '../src/paths.ts';

// The limits of Microsoft's manifest schema that an editor of texts can trip over.
const manifestSchema = z.object({
  manifestVersion: z.literal('1.19'),
  id: z.string().includes('TEAMS_APP_ID'),
  name: z.object({ short: z.string().max(30), full: z.string().max(100) }),
  description: z.object({ short: z.string().max(80), full: z.string().max(4000) }),
  icons: z.object({ color: z.string(), outline: z.string() }),
  bots: z
    .array(
      z.object({
        botId: z.string().includes('MICROSOFT_APP_ID'),
        commandLists: z.array(
          z.object({
            commands: z
              .array(z.object({ title: z.string().max(32), description: z.string().max(128) }))
              .max(10),
          }),
        ),
      }),
    )
    .length(1),
});

describe('the Teams manifest', () => {
  const folder = join(ROOT, 'manifest');
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  const sizeOf = (icon: string) => readFileSync(join(folder, icon)).readUInt32BE(16);

  it('has texts within the limits and icons of the right size', () => {
    expect(sizeOf(manifest.icons.color)).to.equal(192);
    expect(sizeOf(manifest.icons.outline)).to.equal(32);
  });
});
