import type { Decision } from '../understanding/decide.ts';
import type { Meaning } from '../understanding/meaning.ts';
import { isFollowUp } from '../understanding/understand.ts';
import { quoteReply } from './answer.ts';
import { offerHuman } from './human.ts';
import { onMeta } from './meta.ts';
import type { Choice } from './reply.ts';
import { startRequest } from './request.ts';
import { type Answer, type Scene, say } from './scene.ts';

/** Does what a text was understood to mean. */
export function onMeaning(decision: Decision, scene: Scene): Answer {
  const [first] = decision.meanings;
  if (!first) return decline('unanswerable', 0, [], scene);
  if (decision.do === 'clarify') return clarify(decision, scene);
  if (first.kind === 'question') {
    const least = scene.content.decisions.conversation.also_likely * first.probability;
    const likely = decision.meanings.filter((meaning) => meaning.probability >= least);
    return answerPassages(passagesOf(decision.meanings), decision.confidence, scene, passagesOf(likely));
  }
  return onIntent(first.label, decision.confidence, scene, nearestOf(decision.meanings, scene));
}

/** Does what an intent of the register stands for. */
export function onIntent(id: string, confidence: number, scene: Scene, near: readonly string[] = []): Answer {
  const intent = scene.content.intents.get(id);
  if (!intent) throw new RangeError(`no intent ${id}`);
  if (id === 'human_contact') return offerHuman(scene.text, confidence, scene);
  if (intent.kind === 'request') return startRequest(id, scene.text, confidence, scene);
  if (intent.kind === 'guidance')
    return { ...answerPassages(intent.passages, confidence, scene), kind: 'guidance', intent: id };
  if (intent.kind === 'meta') return onMeta(id, confidence, scene);
  return decline(intent.kind, confidence, near, scene);
}

// The passage that a declined question lies nearest to, where it stands out among the passages.
function nearestOf(meanings: readonly Meaning[], { content }: Scene): string[] {
  const passages = meanings.filter((meaning) => meaning.kind === 'question');
  const sum = passages.reduce((total, { probability }) => total + probability, 0);
  const least = content.decisions.conversation.nearest * sum;
  return passages.filter(({ probability }) => probability >= least).map(({ label }) => label);
}

/** The passages among meanings, best first, three at the most. */
export function passagesOf(meanings: readonly Meaning[]): string[] {
  return meanings
    .filter((meaning) => meaning.kind === 'question')
    .map((meaning) => meaning.label)
    .slice(0, 3);
}

/** Quotes the first passage and offers the others. */
export function answerPassages(
  passages: readonly string[],
  confidence: number,
  scene: Scene,
  offered: readonly string[] = passages,
): Answer {
  const [first] = passages;
  if (!first) throw new RangeError('an answer needs a passage');
  return {
    kind: 'question',
    confidence,
    quotes: passages,
    replies: [quoteReply(first, offered, scene.content)],
    state: { asked: { text: threadOf(scene), passages: [...passages] } },
  };
}

/** As many letters of what was asked before are kept for a follow-up to lean on: three turns and more. */
const THREAD = 240;

// A follow-up carries the questions before it along, so that the next one can lean on all of them.
function threadOf({ state, text, content }: Scene): string {
  return state.asked && isFollowUp(text, content) ? `${state.asked.text} ${text}`.slice(-THREAD) : text;
}

/** Asks which of two or three was meant; the second time in a row a human is offered too. */
export function clarify(decision: Decision, scene: Scene): Answer {
  const missed = scene.state.missed + 1;
  const choices: Choice[] = decision.meanings
    .slice(0, 3)
    .map((meaning) =>
      meaning.kind === 'question'
        ? { do: 'ask', passage: meaning.label }
        : meaning.kind === 'request'
          ? { do: 'request', type: meaning.label }
          : { do: 'say', intent: meaning.label },
    );
  if (missed >= 2) choices.splice(2, 1, { do: 'request', type: 'human_contact' });
  return {
    kind: 'clarify',
    confidence: decision.confidence,
    quotes: passagesOf(decision.meanings),
    replies: [say(missed >= 2 ? 'clarify.again' : 'clarify', {}, choices)],
    state: { missed, offersHuman: missed >= 2 },
  };
}

function decline(
  kind: 'unanswerable' | 'out_of_scope',
  confidence: number,
  near: readonly string[],
  scene: Scene,
): Answer {
  const missed = scene.state.missed + 1;
  const human: Choice = { do: 'request', type: 'human_contact' };
  if (kind === 'out_of_scope') {
    return {
      kind,
      intent: null,
      confidence,
      replies: [
        say(
          missed >= 2 ? 'out_of_scope.again' : 'out_of_scope',
          {},
          missed >= 2 ? [human] : [{ do: 'say', intent: 'help' }],
        ),
      ],
      state: { missed, offersHuman: missed >= 2 },
    };
  }
  const { content, state } = scene;
  const officer = content.intents.get(kind)?.passages ?? [];
  const nearest = near.find((passage) => !officer.includes(passage));
  const asks = [...officer, ...(nearest ? [nearest] : [])].map((passage): Choice => ({ do: 'ask', passage }));
  const topic = nearest && content.passages.get(nearest)?.topic[state.locale];
  return {
    kind,
    intent: null,
    confidence,
    near: nearest ? [nearest] : [],
    replies: [
      topic
        ? say('unanswerable.near', { near: topic }, [human, ...asks])
        : say('unanswerable', {}, [human, ...asks]),
    ],
    state: { missed, offersHuman: true },
  };
}
