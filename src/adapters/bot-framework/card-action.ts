import type { Activity, AdaptiveCardInvokeResponse, AdaptiveCardInvokeValue, TurnContext } from 'botbuilder';
import { z } from 'zod';
import { CARD_TYPE, type Card, textCard } from '../../cards/card.ts';
import { ticketCard } from '../../cards/receipt-card.ts';
import { newState } from '../../conversation/state.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { conversationKey, formSent } from './heard.ts';
import type { PrivacyBot } from './privacy-bot.ts';

const choiceSchema = z.looseObject({ choice: z.string().max(200) });
const ticketSchema = z.looseObject({ number: z.string().max(30) });

/**
 * Answers a button of a card in Teams (Action.Execute). A form is replaced by what it became: itself with what is
 * wrong, the summary, the receipt. A choice is answered below, like something said. A receipt that is looked at again
 * shows how the ticket stands.
 */
export async function onCardAction(
  context: TurnContext,
  { action }: AdaptiveCardInvokeValue,
  bot: PrivacyBot,
): Promise<AdaptiveCardInvokeResponse> {
  const { activity } = context;
  const data: unknown = action.data;
  if (action.verb === 'ticket') return showTicket(ticketSchema.safeParse(data).data?.number, activity, bot);
  const form = formSent(data);
  const choice = choiceSchema.safeParse(data).data?.choice;
  if (!form && choice === undefined) return refusal(400, 'BadRequest', bot.text('teams.old_card', activity));
  const outcome = await bot.take({ ...bot.hear(activity), text: choice ?? '', form }, activity);
  if (!form) {
    await bot.say(outcome, context);
    return done();
  }
  const said = bot.activities(outcome, activity);
  const cards = said.map(cardIn);
  const place = cards.findLastIndex((card) => card !== null && isForm(card, form.act));
  const rest = said.filter((_, index) => index !== place);
  if (place >= 0 && rest.length > 0) await context.sendActivities(rest);
  const card = cards[place];
  if (card) return replacement(card);
  const [first, ...others] = said;
  if (others.length > 0) await context.sendActivities(others);
  return replacement(textCard(first?.text ?? '', outcome.state.locale));
}

// What takes the form's place: the receipt after sending, otherwise the form as it is now.
function isForm(card: Card, act: string): boolean {
  return act === 'send' ? card.refresh !== undefined : card.actions !== undefined;
}

function cardIn({ attachments }: Partial<Activity>): Card | null {
  const [first] = attachments ?? [];
  return first?.contentType === CARD_TYPE ? (first.content as Card) : null;
}

/** How a ticket stands, for whoever filed it. */
async function showTicket(
  number: string | undefined,
  activity: Activity,
  bot: PrivacyBot,
): Promise<AdaptiveCardInvokeResponse> {
  const ticket = number ? (await bot.host.tickets.byNumber(number))?.ticket : undefined;
  if (!ticket || !isTheirs(ticket, activity))
    return refusal(403, 'Forbidden', bot.text('teams.not_yours', activity));
  return replacement(cardOf(ticket, activity.from.id, bot));
}

/** A ticket as a card for Teams. */
export function cardOf(ticket: Ticket, person: string, bot: PrivacyBot): Card {
  const { content } = bot.host.assistant;
  const state = newState(ticket.locale);
  const scene = { content, state, links: bot.parts.links, surface: 'teams' as const, person };
  return ticketCard(ticket, scene);
}

function isTheirs(ticket: Ticket, activity: Activity): boolean {
  const { aadObjectId } = activity.from;
  if (ticket.filedBy && ticket.filedBy.reference === aadObjectId) return true;
  return ticket.idempotencyKey.startsWith(`${conversationKey(activity)}/`);
}

function replacement(card: Card): AdaptiveCardInvokeResponse {
  return { statusCode: 200, type: CARD_TYPE, value: card as unknown as Record<string, unknown> };
}

function done(): AdaptiveCardInvokeResponse {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: '' as never };
}

function refusal(statusCode: number, code: string, message: string): AdaptiveCardInvokeResponse {
  return { statusCode, type: 'application/vnd.microsoft.error', value: { code, message } };
}
