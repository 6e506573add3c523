import { type Html, html } from '../../pages/html.ts';
import type { Say } from '../../pages/site-page.ts';
import { hiddenFields } from './form-fields.ts';

/** Where a code is sent, what goes with it, and what was wrong with the one before. */
export interface CodeForm {
  /** The id of the form's element. */
  id: string;
  action: string;
  hidden: Readonly<Record<string, string>>;
  fault: string | null;
}

/** The form that takes the code, with what is wrong with the one given. */
export function codeForm({ id, action, hidden, fault }: CodeForm, say: Say): Html {
  return html`<form id="${id}" method="post" action="${action}" novalidate>
${hiddenFields(hidden)}<div class="field">
<label for="field-code">${say('own.code')}</label>
<p class="hint" id="hint-code">${say('own.code_about')}</p>
${fault ? html`<p class="fault" id="fault-code" role="alert">${say(fault)}</p>\n` : null}<input id="field-code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="12" aria-required="true" aria-describedby="${fault ? 'fault-code ' : ''}hint-code"${fault && html` aria-invalid="true"`}${fault && html` autofocus`}>
</div>
<p class="actions"><button class="button" name="act" value="code">${say('own.confirm')}</button></p>
</form>
`;
}
