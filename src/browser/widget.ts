import { inkOn } from './widget/contrast.ts';
import { widgetStyle } from './widget/style.ts';

/** The texts of `widget.*` in both languages, put in by src/pack-web.ts: this script is loaded alone. */
declare const __TEXTS__: Record<'sv' | 'en', Record<string, string>>;

const texts = __TEXTS__;
const NAME = 'sekretess-assistent';
const COLOR = '#00557f';
const SMALL = '(max-width: 480px), (max-height: 480px)';
// A page that does not let the frame in tells nobody: after this long the panel offers a tab instead.
const PATIENCE_MS = 20_000;

const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
if (script instanceof HTMLScriptElement) {
  const { data, origin } = { data: { ...script.dataset }, origin: new URL(script.src).origin };
  // Without `defer` in a head there is no body yet.
  if (document.body) mount(data, origin);
  else addEventListener('DOMContentLoaded', () => mount(data, origin), { once: true });
}

/** Puts the button on the page, once; nothing else is loaded or kept until somebody presses it. */
function mount(data: DOMStringMap, origin: string): void {
  if (document.querySelector(NAME)) return;
  const lang = (data.lang || document.documentElement.lang).toLowerCase().startsWith('en') ? 'en' : 'sv';
  const say = (id: string) => texts[lang][id] ?? '';
  const color = /^#(?:[\da-f]{3}){1,2}$/i.test(data.color ?? '') ? (data.color ?? COLOR) : COLOR;
  const title = data.title?.trim().slice(0, 60) || say('widget.title');

  const host = document.createElement(NAME);
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${widgetStyle}.box { --color: ${color}; --ink: ${inkOn(color)}; }`);
  root.adoptedStyleSheets = [sheet];

  const box = make('div', { class: data.position === 'left' ? 'box left' : 'box', lang });
  const launcher = make('button', {
    class: 'launcher',
    type: 'button',
    'aria-label': say('widget.open'),
    title: say('widget.open'),
    'aria-expanded': 'false',
    'aria-haspopup': 'dialog',
  });
  launcher.append(drawing());
  box.append(launcher);
  root.append(box);
  document.body.append(host);

  let panel: ReturnType<typeof makePanel> | undefined;
  let isReady = false;

  const tell = (what: string) => panel?.frame.contentWindow?.postMessage(`${NAME}:${what}`, origin);
  const isOpen = () => panel?.dialog.open === true;

  launcher.addEventListener('click', () => (isOpen() ? close() : open()));

  function open(): void {
    panel ??= prepare();
    // On a phone it covers everything, so everything else must be out of reach.
    if (matchMedia(SMALL).matches) panel.dialog.showModal();
    else panel.dialog.show();
    mark(true, 'widget.close');
    panel.frame.focus();
    if (isReady) tell('opened');
  }

  function close(): void {
    panel?.dialog.close();
  }

  function mark(expanded: boolean, label: string): void {
    launcher.setAttribute('aria-expanded', String(expanded));
    launcher.setAttribute('aria-label', say(label));
    launcher.title = say(label);
  }

  /** The panel with the chat in its frame; from now on it stays, so that a closed chat goes on where it was. */
  function prepare(): ReturnType<typeof makePanel> {
    const query = new URLSearchParams({ lang, color, title });
    const made = makePanel(`${origin}/chat?${query}`, title, say);
    made.leave.addEventListener('click', close);
    made.dialog.addEventListener('close', () => {
      mark(false, 'widget.open');
      launcher.focus();
    });
    box.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && isOpen()) close();
    });
    addEventListener('message', (event) => {
      if (event.origin !== origin || event.source !== made.frame.contentWindow) return;
      if (event.data === `${NAME}:close`) close();
      if (event.data === `${NAME}:ready`) {
        isReady = true;
        made.wait.hidden = true;
        if (isOpen()) tell('opened');
      }
    });
    // With a keyboard on the screen only part of a phone is left for the panel.
    const view = window.visualViewport;
    view?.addEventListener('resize', () => {
      const isSmall = matchMedia(SMALL).matches && view.scale === 1;
      made.dialog.style.height = isSmall ? `${view.height}px` : '';
      made.dialog.style.top = isSmall ? `${view.offsetTop}px` : '';
    });
    box.prepend(made.dialog);
    setTimeout(() => {
      if (!isReady) made.giveUp();
    }, PATIENCE_MS);
    return made;
  }
}

function makePanel(address: string, title: string, say: (id: string) => string) {
  const dialog = make('dialog', { 'aria-label': title });
  const frame = make('iframe', { src: address, title, allow: 'clipboard-write' });
  const wait = make('div', { class: 'wait' });
  const line = make('p', { role: 'status' });
  line.textContent = say('widget.loading');
  const leave = make('button', { type: 'button' });
  leave.textContent = say('widget.close');
  wait.append(line, leave);
  dialog.append(frame, wait);
  const giveUp = () => {
    line.textContent = say('widget.failed');
    const link = make('a', { href: address, target: '_blank', rel: 'noopener' });
    link.textContent = say('widget.open_tab');
    leave.before(link);
  };
  return { dialog, frame, wait, leave, giveUp };
}

function drawing(): SVGElement {
  const shape = (name: string, attributes: Record<string, string>) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const svg = shape('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' });
  svg.append(
    shape('path', { class: 'bubble', d: 'M4 4h16v12h-9l-5 4v-4H4zM8 8.5h8M8 11.5h5' }),
    shape('path', { class: 'cross', d: 'M5 5l14 14M19 5L5 19' }),
  );
  return svg as SVGElement;
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string>,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
