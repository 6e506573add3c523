import type { Choice } from './reply.ts';
import { startRequest } from './request.ts';
import { type Answer, type Scene, say } from './scene.ts';

/** Somebody wants a person: they are connected after a yes where that can be done, otherwise they leave a message. */
export function offerHuman(text: string, confidence: number, scene: Scene): Answer {
  if (!scene.turn.canHandOff || scene.state.request)
    return startRequest('human_contact', text, confidence, scene);
  const choices: Choice[] = [{ do: 'handoff' }, { do: 'message' }, { do: 'none' }];
  return {
    kind: 'request',
    intent: 'human_contact',
    confidence,
    replies: [say('handoff.ask', {}, choices)],
    state: { offersHuman: true },
  };
}

/** The person said yes to being connected. */
export function handOff(scene: Scene): Answer {
  if (!scene.turn.canHandOff) return startRequest('human_contact', '', 1, scene);
  return { kind: 'request', intent: 'human_contact', replies: [say('handoff.started')], handsOff: true };
}

/** Nobody was there to take over: never a dead end. */
export function handOffFailed(scene: Scene): Answer {
  const answer = startRequest('human_contact', '', 1, scene);
  return { ...answer, replies: [say('handoff.failed'), ...answer.replies] };
}
