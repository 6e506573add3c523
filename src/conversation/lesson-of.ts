import { pressedChoice } from './choose.ts';
import { BLANK, type Lesson, maskForReview } from './lesson.ts';
import type { Answer, Scene } from './scene.ts';
import type { Said } from './state.ts';

/** What was not understood, and what was thought of an answer, teach whoever keeps the examples. Null: nothing. */
export function lessonOf(
  answer: Answer,
  { state, text, own, content, assistant, turn }: Scene,
): Lesson | null {
  const mask = (said: string) =>
    maskForReview(said, content, (word) => assistant.understanding.isCommon(word));
  const { locale } = state;
  if (answer.rated) {
    const { passage, good } = answer.rated;
    const isAbout = passage !== null && state.asked?.passages[0] === passage;
    return {
      why: good ? 'good' : 'bad',
      locale,
      text: isAbout && state.asked ? mask(state.asked.text) : '',
      near: passage ? [passage] : [],
    };
  }
  const isDeclined = answer.kind === 'unanswerable' || answer.kind === 'out_of_scope';
  const isUnclear = answer.kind === 'clarify' && answer.quotes !== undefined;
  if (!(isDeclined || isUnclear) || turn.form || own.pasted || pressedChoice(text, content)) return null;
  return {
    why: isDeclined ? 'declined' : 'unclear',
    locale,
    text: mask(text),
    near: answer.near ?? answer.quotes ?? [],
  };
}

/**
 * Something said, for a person who takes over. A name told in answer to "what is your name?" looks like any word: what
 * has been taken down is blanked wherever it stands, and of what the person said only what many people say is left.
 */
export function maskForHandOff({ by, text }: Said, { state, content, assistant }: Scene): Said {
  const told = [
    ...Object.values(state.contact),
    ...Object.values(state.request?.slots ?? {}),
    ...state.filed,
  ];
  const blanked = told
    .filter((value) => value.length > 1)
    .reduce((left, value) => left.replaceAll(value, BLANK), text);
  return {
    by,
    text:
      by === 'assistant'
        ? blanked
        : maskForReview(blanked, content, (word) => assistant.understanding.isCommon(word)),
  };
}
