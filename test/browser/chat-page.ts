import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The chat as a person uses it: in a frame, or as a page. */
export interface Chat {
  /** What stands in it, in the order it was said. */
  transcript: Locator;
  sendBox: Locator;
  status: Locator;
  forget: Locator;
  close: Locator;
  /** Writes something and sends it. */
  say(text: string): Promise<void>;
  /** Waits for something that the bot or the person has said. */
  hears(text: RegExp | string): Promise<void>;
}

/** The first words of the bot. */
export const GREETING = /Jag är Sekretessassistenten/;

/** Opens the chat on the page with its button. */
export async function openChat(page: Page): Promise<Chat> {
  await launcher(page).click();
  const chat = chatIn(page.frameLocator('sekretess-assistent iframe'));
  await chat.hears(GREETING);
  return chat;
}

/** The button that opens the chat and closes it. */
export function launcher(page: Page): Locator {
  return page.locator('sekretess-assistent .launcher');
}

/** The chat in a page or a frame. */
export function chatIn(place: Page | FrameLocator): Chat {
  // Web Chat has a live region beside its transcript, which says everything once more.
  const transcript = place.locator('.webchat__basic-transcript__transcript');
  const sendBox = place.locator('[data-id="webchat-sendbox-input"]');
  return {
    transcript,
    sendBox,
    status: place.locator('#status'),
    forget: place.locator('#forget'),
    close: place.locator('#close'),
    async say(text) {
      await sendBox.fill(text);
      await sendBox.press('Enter');
    },
    hears: (text) => transcript.getByText(text).last().waitFor(),
  };
}
