import type { InvokeResponse, TurnContext } from 'botbuilder';
import { z } from 'zod';
import { renderCard } from '../../cards/render-card.ts';
import { quotedWords } from '../../content/quote.ts';
import { plainQuote } from '../../conversation/answer.ts';
import { searchPassages } from '../../conversation/search-passages.ts';
import { newState } from '../../conversation/state.ts';
import { onFiling, openFiling } from './filing-dialog.ts';
import { localeOf } from './heard.ts';
import type { PrivacyBot } from './privacy-bot.ts';
import { attachment } from './said.ts';

const querySchema = z.looseObject({
  commandId: z.literal('searchNotice'),
  parameters: z.array(z.looseObject({ name: z.string(), value: z.unknown() })).optional(),
  queryOptions: z.looseObject({ count: z.number().int().min(1).optional() }).optional(),
});

/** As many passages are found at once. */
const MOST_FOUND = 10;
/** As many letters of a passage are shown before it is chosen. */
const PREVIEW = 160;

/** Answers the message extension of Teams: searching the notice, and filing a request for somebody else. */
export async function onMessageExtension(context: TurnContext, bot: PrivacyBot): Promise<InvokeResponse> {
  const { name, value } = context.activity;
  switch (name) {
    case 'composeExtension/query':
      return search(value, context, bot);
    case 'composeExtension/fetchTask':
      return openFiling(value, context, bot);
    case 'composeExtension/submitAction':
      return onFiling(value, context, bot);
    default:
      return { status: 501 };
  }
}

function search(value: unknown, context: TurnContext, bot: PrivacyBot): InvokeResponse {
  const query = querySchema.safeParse(value);
  if (!query.success) return { status: 400 };
  const { assistant } = bot.host;
  const { content } = assistant;
  const locale = localeOf(context.activity);
  const typed = query.data.parameters?.find((parameter) => parameter.name === 'query')?.value;
  const most = Math.min(query.data.queryOptions?.count ?? MOST_FOUND, MOST_FOUND);
  const found = searchPassages(typeof typed === 'string' ? typed.slice(0, 500) : '', locale, assistant, most);
  const scene = {
    content,
    state: newState(locale),
    links: bot.parts.links,
    surface: 'teams' as const,
    person: '',
  };
  const attachments = found.flatMap((id) => {
    // Whoever reads the card where it is inserted need not have the app: it quotes, and has no buttons.
    const card = renderCard(plainQuote(id, content), scene);
    const words = quotedWords(id, content).replace(/\s+/g, ' ');
    const preview = {
      contentType: 'application/vnd.microsoft.card.thumbnail',
      content: {
        title: content.passages.get(id)?.topic[locale] ?? id,
        text: words.length > PREVIEW ? `${words.slice(0, PREVIEW)} …` : words,
      },
    };
    return card ? [{ ...attachment(card), preview }] : [];
  });
  return {
    status: 200,
    body: { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } },
  };
}
