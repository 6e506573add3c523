import type { Content } from '../content/content.ts';
import type { RequestType } from '../content/dialogs-schema.ts';
import type { Decision } from '../understanding/decide.ts';
import type { Assistant } from './assistant.ts';
import type { Controls } from './controls.ts';
import type { OwnWords } from './own-words.ts';
import type { Choice, Reply, Value, Values } from './reply.ts';
import type { State } from './state.ts';
import type { Kind, Outcome, Turn } from './turn.ts';

/** Everything a turn is answered from. */
export interface Scene {
  turn: Turn;
  own: OwnWords;
  /** What the person said in their own words. */
  text: string;
  controls: Controls;
  state: State;
  content: Content;
  assistant: Assistant;
}

/** What a turn comes to, before it is made an Outcome. */
export interface Answer {
  kind: Kind;
  intent?: string | null;
  confidence?: number;
  quotes?: readonly string[];
  replies: readonly Reply[];
  /** Changes of the state; what is not named stays. */
  state?: Partial<State>;
  ticket?: Outcome['ticket'];
  change?: Outcome['change'];
  codeFor?: Outcome['codeFor'];
  /** The passages that a declined question came nearest to. */
  near?: readonly string[];
  /** A person takes over. */
  handsOff?: boolean;
  /** What was thought of an answer: the passage, and whether it was a good one. */
  rated?: { passage: string | null; good: boolean };
}

/** What the text means, as far as can be told, and what to do about it. */
export function understand(text: string, scene: Scene): Decision {
  const { understanding } = scene.assistant;
  return understanding.understand(text, scene.state.locale, scene.state.asked);
}

/** Reads how a person tells that they are related to the company; less is enough where they were asked. */
export function relationReader(scene: Scene, isAsked = false): (text: string) => string | null {
  return (text) => scene.assistant.understanding.relation(text, scene.state.locale, isAsked);
}

/** A reply with a text of dialogs/. */
export function say(id: string, values: Values = {}, choices: readonly Choice[] = []): Reply {
  return {
    is: 'text',
    id,
    ...(Object.keys(values).length > 0 ? { values } : {}),
    ...(choices.length > 0 ? { choices } : {}),
  };
}

/** The title of a request type, as a value of a reply. */
export function title(type: string): Value {
  return { text: `request.${type}.title` };
}

/** @throws {RangeError} where there is no such type: then content and state do not fit together. */
export function requestType(id: string, content: Content): RequestType {
  const type = content.requests.get(id);
  if (!type) throw new RangeError(`no request type ${id}`);
  return type;
}
