import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

// `npm run icons`: draws manifest/*.svg as the PNG files that Teams takes. CHROMIUM names the browser.
const icons = [
  { name: 'color', pixels: 192 },
  { name: 'outline', pixels: 32 },
];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
});
for (const { name, pixels } of icons) {
  const page = await browser.newPage({ viewport: { width: pixels, height: pixels } });
  const svg = readFileSync(join(import.meta.dirname, `${name}.svg`), 'utf8');
  await page.setContent(`<style>*{margin:0}svg{display:block}</style>${svg}`);
  await page.screenshot({ path: join(import.meta.dirname, `${name}.png`), omitBackground: true });
}
await browser.close();
