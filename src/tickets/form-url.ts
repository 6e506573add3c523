/** A template for addresses of a form elsewhere cannot be used; the message says why. */
export class FormTemplateError extends Error {
  constructor(why: string) {
    super(`the address template of the form cannot be used: ${why}`);
    this.name = 'FormTemplateError';
  }
}

const PLACEHOLDER = /\{([^{}]*)\}/g;
// A literal host and, before any placeholder, the beginning of a query or fragment: what is filled in can then lead
// to no other place, not even by "..".
const SAFE = /^https:\/\/[a-z0-9.-]+(?::\d+)?\/[^{}?#\s@\\]*(?:[?#]\S*)?$/i;

/**
 * A template as `formUrl` takes it: https, a fixed place, and `{type}` or slots in its query or fragment alone.
 * @param known the slots there are.
 * @throws {FormTemplateError} where it is none.
 */
export function checkFormTemplate(template: string, known: readonly string[]): string {
  if (!SAFE.test(template) || !URL.canParse(template))
    throw new FormTemplateError(
      'it must begin with https:// and a fixed place; placeholders stand behind ? or #',
    );
  for (const [, name = ''] of template.matchAll(PLACEHOLDER))
    if (name !== 'type' && !known.includes(name))
      throw new FormTemplateError(`${JSON.stringify(name)} is no slot`);
  if (/[{}]/.test(template.replace(PLACEHOLDER, '')))
    throw new FormTemplateError('a brace has no counterpart');
  return template;
}

/**
 * The address of a form elsewhere, filled in beforehand: `https://…/request?type={type}&email={email}`. Everything put
 * in is percent-encoded; a slot that has not been given leaves its place empty.
 * @throws {FormTemplateError} where the template does not lead to a fixed https place.
 */
export function formUrl(template: string, type: string, slots: Readonly<Record<string, string>>): string {
  checkFormTemplate(
    template,
    [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name),
  );
  return template.replace(PLACEHOLDER, (_, name: string) => {
    if (name === 'type') return encode(type);
    return Object.hasOwn(slots, name) ? encode(slots[name] ?? '') : '';
  });
}

// encodeURIComponent leaves !'()* as they are, and throws at half a character.
function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
