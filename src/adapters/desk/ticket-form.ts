/**
 * The form of a ticket's page is one form with everything in it: whatever button is pressed, what has been typed
 * elsewhere on the page comes along and is not lost.
 */

/** What was typed, by the names of the fields, and the field of the button that was pressed. */
export interface Typed {
  texts: Readonly<Record<string, string>>;
  pressed: string;
}

/** What the pressed button says: what is to be done, to whom or where, and what was written for it. */
export interface Pressed {
  do: string;
  to: string;
  text: string | undefined;
}

/** Reads the button, whose value is `do` or `do:to`; without the latter it is chosen in a list named as what is done. */
export function pressedIn(form: Readonly<Record<string, string>>): Pressed {
  const [, what = '', given] = /^([a-z]*)(?::(.*))?$/s.exec(form.do ?? '') ?? [];
  const to = given ?? form[what] ?? '';
  return { do: what, to, text: form[textField(what, to)] };
}

/** The name of the field in which something is written for what is done: a note, a step or another ticket. */
export function textField(what: string, to = ''): string {
  return `text-${to || what}`;
}

/** Everything that was typed into a form. */
export function typedIn(form: Readonly<Record<string, string>>): Typed {
  const { do: what, to } = pressedIn(form);
  const texts = Object.entries(form).filter(([name, text]) => name.startsWith('text-') && text.trim() !== '');
  return { texts: Object.fromEntries(texts), pressed: textField(what, to) };
}

/** What was typed into a form of the desk as one text, where its page cannot be shown again. */
export function typedText(form: Readonly<Record<string, string>>): string {
  const { pressed } = typedIn(form);
  const names = Object.keys(form).filter((name) => name === textField('note') || name === pressed);
  const slots = Object.keys(form).filter((name) => name.startsWith('slot-'));
  return [...names, ...slots].flatMap((name) => form[name]?.trim() || []).join('\n\n');
}
