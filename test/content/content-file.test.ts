import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ContentError, readYaml } from '../../src/content/content-file.ts';
import { advisoriesSchema, sectionSchema } from '../../src/content/knowledge-schema.ts';

describe('a content file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'content-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function faultsOf(text: string, schema: Parameters<typeof readYaml>[1]): ContentError {
    const file = join(folder, 'some.yaml');
    writeFileSync(file, text);
    try {
      readYaml(file, schema);
    } catch (error) {
      if (error instanceof ContentError) return error;
      throw error;
    }
    throw new Error('the file was taken');
  }

  it('that lacks a key is refused with file, line and advice', () => {
    const error = faultsOf('id: retention\ntitle: Lagring\npassages:\n  - id: retention-1\n', sectionSchema);
    expect(error.faults).to.have.length(1);
    expect(error.faults[0]).to.include({ line: 4 });
    expect(error.message).to.match(/some\.yaml:4: passages\.0\.text: .+\. \S/);
  });

  it('with a wrong id names the line of the id', () => {
    const error = faultsOf('id: x\ntitle: X\npassages:\n  - text: y\n    id: Retention 1\n', sectionSchema);
    expect(error.faults[0]?.line).to.equal(5);
    expect(error.message).to.include('an id looks like retention-2');
  });

  it('with an unknown key says so', () => {
    const error = faultsOf(
      '- id: a\n  text: {sv: x, en: y}\n  sauce: {}\n  reviewed: 2026-11-23\n',
      advisoriesSchema,
    );
    expect(error.message).to.include('sauce').and.to.include('source');
  });

  it('that is no YAML names the line', () => {
    const error = faultsOf('id: a\ntitle: b: c\n', sectionSchema);
    expect(error.faults[0]?.line).to.equal(2);
  });
});
