import { withForm } from './aside.ts';
import { about } from './follow-ticket.ts';
import { beginRequest, changeType, fillSlots } from './form.ts';
import { handOff, handOffFailed, offerHuman } from './human.ts';
import { answerPassages, onIntent } from './meaning.ts';
import { onMeta } from './meta.ts';
import type { Choice } from './reply.ts';
import { goOn, keyFor, offerSwitch, startRequest } from './request.ts';
import { type Answer, requestType, type Scene, say, title } from './scene.ts';
import type { State } from './state.ts';

/** Does what was picked, however late it is pressed. */
export function onChoice(choice: Choice, scene: Scene): Answer {
  const { state, content } = scene;
  switch (choice.do) {
    case 'ask':
      return withForm(answerPassages([choice.passage], 1, scene), scene);
    case 'say':
      if (!state.request || choice.intent === 'cancel') return onIntent(choice.intent, 1, scene);
      return content.requests.has(choice.intent)
        ? offerSwitch(choice.intent, 1, scene)
        : withForm(onIntent(choice.intent, 1, scene), scene);
    case 'handoff':
      return withForm(handOff(scene), scene);
    case 'unconnected':
      return state.request ? goOn(state.request, scene) : handOffFailed(scene);
    case 'message':
      return state.request
        ? offerSwitch('human_contact', 1, scene)
        : startRequest('human_contact', '', 1, scene);
    case 'rate': {
      const rating = onMeta(choice.good ? 'feedback_positive' : 'feedback_negative', 1, scene);
      return withForm({ ...rating, rated: { passage: choice.passage, good: choice.good } }, scene);
    }
    case 'amend':
    case 'withdraw': {
      const answer = about([choice.number], choice.do, scene);
      return answer.state?.request ? answer : withForm(answer, scene);
    }
    case 'none':
      return withForm({ kind: 'meta', intent: 'help', replies: [say('choice.none_taken')] }, scene);
    case 'request':
      if (state.request) return offerSwitch(choice.type, 1, scene);
      return choice.type === 'human_contact'
        ? offerHuman('', 1, scene)
        : startRequest(choice.type, '', 1, scene);
    case 'switch': {
      const type = requestType(choice.type, content);
      const request = state.request
        ? fillSlots(changeType(state.request, type), type, state.told)
        : beginRequest(keyFor(type.id, scene), type, '', state.contact, content);
      return goOn(request, scene, [say('request.switched', { title: title(type.id) })]);
    }
    case 'queue':
      return state.request
        ? goOn(state.request, { ...scene, state: { ...state, queue: queueWith(choice.type, state) } }, [
            say('request.queued', { title: title(choice.type) }),
          ])
        : startRequest(choice.type, '', 1, scene);
    case 'keep':
      return state.request
        ? goOn(state.request, scene, [say('request.kept')])
        : { kind: 'meta', intent: 'help', replies: [say('help')] };
  }
}

// A wish that waits already, or is being filled in, waits once.
function queueWith(type: string, { queue, request }: State): string[] {
  return queue.includes(type) || request?.type === type ? [...queue] : [...queue, type];
}
