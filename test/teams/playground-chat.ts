import type { Locator, Page } from 'playwright-core';
import type { TeamsChat } from './teams-chat.ts';

/** The Agents Playground's page, as a person uses it. It reads no manifest: commands are named by hand. */
export function playgroundChat(page: Page): Omit<TeamsChat, 'stop'> {
  // The log panel repeats what is said: only the chat itself is looked at.
  const messages = page.locator('.fai-OutputCard');
  const composer = page.locator('[data-lexical-editor]');
  const dialog = page.getByRole('dialog');
  const searchPanel = page.getByRole('group').filter({ hasText: 'Search-Based Message Extension' });
  let isGroup = false;

  const newest = async (words: string) => {
    const message = messages.filter({ hasText: words }).last();
    await message.waitFor();
    return message;
  };
  const command = async (kind: string) => {
    await page.getByLabel('Trigger Message Extension App').click();
    await page.getByRole('menuitem', { name: kind }).click();
  };
  const fillIn = async (card: Locator, fields: Record<string, string>) => {
    for (const [label, value] of Object.entries(fields)) {
      const field = card.locator('input, textarea').and(card.getByLabel(label)).first();
      if ((await field.getAttribute('role')) === 'combobox') {
        await field.click();
        await page.getByRole('option', { name: value, exact: true }).click();
      } else await field.fill(value);
    }
  };

  return {
    async open(chat) {
      isGroup = chat === 'group';
      await page.getByRole('treeitem', { name: isGroup ? 'Group Chat' : 'Personal Chat' }).click();
      await composer.waitFor();
    },
    async say(text) {
      await composer.click();
      if (isGroup) {
        await page.keyboard.type('@');
        await page.getByRole('listbox', { name: 'Typeahead menu' }).getByText('Test Bot').click();
      }
      await page.keyboard.insertText(text);
      await page.getByLabel('Send Message').click();
    },
    sees: async (words) => (await (await newest(words)).textContent()) ?? '',
    async misses(words) {
      const message = messages.filter({ hasText: words });
      await message.first().waitFor({ state: 'detached' });
      return (await message.count()) === 0;
    },
    count: () => messages.count(),
    fill: async (words, fields) => fillIn(await newest(words), fields),
    async press(words, button) {
      await (await newest(words)).getByRole('button', { name: button, exact: true }).first().click();
    },
    async search(query) {
      await command('Search Command');
      const commandField = searchPanel.getByPlaceholder('Command ID');
      await searchPanel.getByRole('button', { name: 'Specify Command ID' }).click();
      await commandField.fill('searchNotice');
      await searchPanel.getByPlaceholder('Parameter name').fill('query');
      await searchPanel.getByPlaceholder('Enter a search term').fill(query);
      const titles = searchPanel.getByRole('heading', { level: 1 });
      await titles.first().waitFor();
      return titles.allInnerTexts();
    },
    async insert() {
      await searchPanel.getByRole('heading', { level: 1 }).first().click();
      const card = composer.locator('.ac-adaptiveCard');
      await card.waitFor();
      const text = (await card.textContent()) ?? '';
      await composer.press('Control+A');
      await composer.press('Delete');
      await card.waitFor({ state: 'detached' });
      return text;
    },
    async act(said) {
      if (said === undefined) await command('Action Command');
      else {
        const message = page.locator('div:has(> [aria-label="Message header"])').filter({ hasText: said });
        await message.getByLabel('Show more information').last().click();
        await page.getByRole('menuitem', { name: 'Action Command' }).click();
      }
      await dialog.getByPlaceholder('Input command id').fill('fileRequest');
      await dialog.getByRole('button', { name: 'Create' }).click();
      await dialog.locator('.ac-adaptiveCard').waitFor();
      const fields = await dialog.locator('input, textarea').all();
      const held = await Promise.all(fields.map((field) => field.inputValue()));
      return [await dialog.textContent(), ...held].join('\n');
    },
    async submit(fields, button, words) {
      await fillIn(dialog, fields);
      await dialog.getByRole('button', { name: button, exact: true }).click();
      await dialog.getByText(words).first().waitFor();
      const text = (await dialog.textContent()) ?? '';
      await dialog.getByRole('button', { name: 'Close' }).click();
      return text;
    },
  };
}
