import type { RequestHandler, Server } from 'restify';
import { html } from '../../pages/html.ts';
import type { Locale } from '../../text/words.ts';
import { type Figures, figuresOf } from '../../tickets/figures.ts';
import type { Answering } from './answering.ts';
import { barChart } from './bar-chart.ts';
import { type DeskScene, deskPage } from './desk-page.ts';
import type { DeskParts } from './desk-parts.ts';
import { typeTitle } from './type-title.ts';
import { unreadableBox } from './unreadable-box.ts';

/** Figures are counted anew after so long, in milliseconds. */
const KEPT_MS = 60_000;

/** The route of the figures. */
export function figuresRoutes({ tickets, clock }: DeskParts, { page }: Answering) {
  let counted: { at: number; figures: Promise<Figures> } | null = null;
  const figures = () => {
    const now = clock();
    if (counted && now.getTime() - counted.at < KEPT_MS) return counted.figures;
    const counting = figuresOf(tickets, now);
    counted = { at: now.getTime(), figures: counting };
    // What failed is not kept.
    counting.catch(() => {
      counted = null;
    });
    return counting;
  };
  const show = page('reader', async ({ scene }) => ({
    status: 200,
    page: figuresPage(await figures(), { ...scene, path: '/desk/figures' }),
  }));
  return (server: Server, throttle: RequestHandler): void => {
    server.get('/desk/figures', throttle, show);
  };
}

/** How it goes with all requests together, as figures, charts and tables. */
export function figuresPage(figures: Figures, scene: DeskScene): string {
  const { locale, say } = scene;
  const { open, overdue, dueSoon, medianDays, byType, byMonth } = figures;
  const number = new Intl.NumberFormat(locale);
  const fact = (name: string, value: string) => html`<div><dt>${say(name)}</dt><dd>${value}</dd></div>\n`;
  const title = say('desk.figures_title');
  const main = html`<h1>${title}</h1>
${unreadableBox(figures.unreadable, scene, 'desk.figures_unreadable')}<dl class="figures">
${fact('desk.figure.open', number.format(open))}${fact('desk.figure.overdue', number.format(overdue))}${fact('desk.figure.soon', number.format(dueSoon))}${fact('desk.figure.median', medianDays === null ? say('desk.figure.none') : say('desk.figure.days', { days: number.format(medianDays) }))}</dl>
${barChart({
  id: 'by-type',
  title: say('desk.by_type'),
  about: say('desk.by_type_about'),
  names: say('desk.column.type'),
  series: [say('desk.status_open'), say('desk.status_ended')],
  rows: byType.map(({ type, open: waiting, ended }) => ({
    name: typeTitle(type, scene),
    values: [waiting, ended],
  })),
})}${barChart({
  id: 'by-month',
  title: say('desk.by_month'),
  about: say('desk.by_month_about'),
  names: say('desk.month'),
  series: [say('desk.series_received'), say('desk.series_answered')],
  rows: byMonth.map(({ month, received, answered }) => ({
    name: monthFormats[locale].format(new Date(`${month}-01T00:00:00Z`)),
    values: [received, answered],
  })),
})}`;
  return deskPage(scene, title, main);
}

const monthFormats: Record<Locale, Intl.DateTimeFormat> = {
  sv: new Intl.DateTimeFormat('sv-SE', { year: 'numeric', month: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'long', timeZone: 'UTC' }),
};
