/** What a person does and sees in Teams; the tests say it once and it is done by a client or by hand. */
export interface TeamsChat {
  /** Goes to a chat with the bot; in a group what is said mentions it. */
  open(chat: 'personal' | 'group'): Promise<void>;
  say(text: string): Promise<void>;
  /** The newest of the bot's messages in this chat that holds these words, as text; waits for it. */
  sees(words: string): Promise<string>;
  /** Whether none of the bot's messages in this chat holds these words any more; waits for it. */
  misses(words: string): Promise<boolean>;
  /** How many messages the bot has in this chat. */
  count(): Promise<number>;
  /** Fills fields, by label, of the newest card that holds these words. */
  fill(words: string, fields: Record<string, string>): Promise<void>;
  /** Presses a button of the newest card that holds these words. */
  press(words: string, button: string): Promise<void>;
  /** What the search command `searchNotice` finds, by title. */
  search(query: string): Promise<string[]>;
  /** Takes the first thing found into a message; gives the card that stands there, as text. */
  insert(): Promise<string>;
  /** Opens the dialog of the action command `fileRequest`; `said`: on the person's own message that holds these words.
   * Gives what the dialog says and what its fields hold. */
  act(said?: string): Promise<string>;
  /** Fills the dialog, by label, and sends it; gives what the dialog shows once it shows these words. */
  submit(fields: Record<string, string>, button: string, words: string): Promise<string>;
  stop(): Promise<void>;
}
