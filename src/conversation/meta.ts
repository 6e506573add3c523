import type { Content } from '../content/content.ts';
import { holdsPhrase } from '../text/phrases.ts';
import type { Locale } from '../text/words.ts';
import { allowedNext } from '../tickets/life-cycle.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { quoteReply } from './answer.ts';
import { about } from './follow-ticket.ts';
import type { Choice, Reply } from './reply.ts';
import { type Answer, type Scene, say } from './scene.ts';
import { newState, type State } from './state.ts';
import { ticketOf } from './ticket-status.ts';

/** What most people who want something done want. */
export const COMMON_REQUESTS: readonly Choice[] = [
  { do: 'request', type: 'access' },
  { do: 'request', type: 'marketing_opt_out' },
  { do: 'request', type: 'erasure' },
];

/** Answers what is said about the conversation itself. */
export function onMeta(id: string, confidence: number, scene: Scene): Answer {
  const { state, content, text } = scene;
  const meta = (replies: readonly Reply[], change: Partial<State> = {}): Answer => ({
    kind: 'meta',
    intent: id,
    confidence,
    replies,
    state: change,
  });
  switch (id) {
    case 'help':
    case 'greeting':
      return meta([say(id, {}, COMMON_REQUESTS)]);
    case 'change_language': {
      const locale = languageAsked(text, content) ?? other(state.locale);
      return meta([say('change_language')], { locale });
    }
    case 'cancel': {
      const sent = state.filed.findLast((number) => isOpen(ticketOf(number, scene.turn)));
      return meta([
        sent
          ? say('cancel.sent', { number: sent }, [{ do: 'withdraw', number: sent }])
          : say('cancel.nothing'),
      ]);
    }
    case 'ticket_status':
      return state.filed.length > 0 ? about(state.filed, 'status', scene) : meta([say('status.which')]);
    case 'forget_conversation':
      return meta([say('forgotten')], newState(state.locale));
    case 'repeat': {
      const [passage, ...others] = state.asked?.passages ?? [];
      return passage
        ? meta([
            say('repeat.same', {}, [{ do: 'request', type: 'human_contact' }]),
            quoteReply(passage, others, content),
          ])
        : meta([say('repeat.nothing')]);
    }
    case 'feedback_positive':
      return { ...meta([say(id)]), rated: { passage: state.asked?.passages[0] ?? null, good: true } };
    case 'feedback_negative': {
      const others: Choice[] = (state.asked?.passages ?? [])
        .slice(1)
        .map((passage) => ({ do: 'ask', passage }));
      return {
        ...meta([say('feedback_negative', {}, [...others, { do: 'request', type: 'human_contact' }])]),
        rated: { passage: state.asked?.passages[0] ?? null, good: false },
      };
    }
    default:
      return meta([say(id)]);
  }
}

function isOpen(ticket: Ticket | null): boolean {
  return ticket !== null && allowedNext(ticket.status).length > 0;
}

function languageAsked(text: string, content: Content): Locale | null {
  const names = (locale: Locale) => [
    ...content.words.sv.languages[locale],
    ...content.words.en.languages[locale],
  ];
  const named = (['en', 'sv'] as const).find((locale) => holdsPhrase(text, names(locale)));
  if (!named) return null;
  const denials = [...content.words.sv.language_denied, ...content.words.en.language_denied];
  return holdsPhrase(text, denials) ? other(named) : named;
}

function other(locale: Locale): Locale {
  return locale === 'sv' ? 'en' : 'sv';
}
