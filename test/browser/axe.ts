/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe-core finds against WCAG 2.2 at A and AA, and by the `more` rules, as rule and place. */
export async function faults(where: Page | Frame, ...more: string[]): Promise<string[]> {
  await where.evaluate(`${axe};0`);
  return where.evaluate(
    async (runOnly) => {
      const { axe: checker } = window as unknown as {
        axe: {
          run(
            place: Document,
            options: object,
          ): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }>;
        };
      };
      const { violations } = await checker.run(document, { runOnly });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${String(target)}`));
    },
    [...RULES, ...more],
  );
}
