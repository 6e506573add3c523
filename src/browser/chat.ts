import { isLeaving, noteFromBefore, startAfresh } from './chat/afresh.ts';
import { followConnection } from './chat/connection.ts';
import { askToForget } from './chat/forget.ts';
import { frameAround } from './chat/frame.ts';
import { lookOf } from './chat/look.ts';
import { type Opened, openSession } from './chat/open-session.ts';
import { saveConversation } from './chat/save.ts';
import { focusSendBox } from './chat/send-box.ts';
import { keepSession, keptSession } from './chat/session.ts';
import { readSettings } from './chat/settings.ts';
import { watchSockets } from './chat/sockets.ts';
import { statusLine } from './chat/status-line.ts';
import { keepCharacters } from './chat/verbatim.ts';
import { type DirectLine, loadWebChat, type WebChat } from './chat/web-chat.ts';
import { inkOn } from './widget/contrast.ts';

const KEEP_MS = 60_000;
// What the bot understands as "forget this conversation" (src/conversation/choose.ts).
const FORGET = { choice: '!say forget_conversation' };

const settings = readSettings();
const say = (id: string) => settings.texts[id] ?? '';
const main = find<HTMLElement>('chat');
const line = statusLine(find('status'), say);
const forgetButton = find<HTMLButtonElement>('forget');
// Without a script there is nothing to forget.
forgetButton.hidden = false;
const sockets = watchSockets();
const ink = inkOn(settings.color);
document.documentElement.style.setProperty('--color', settings.color);
document.documentElement.style.setProperty('--ink', ink);

const frame = frameAround(settings.origins, () => focusSendBox(main));
const closeButton = find<HTMLButtonElement>('close');
closeButton.hidden = !frame.isFramed;
closeButton.addEventListener('click', frame.close);
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]'))
    frame.close();
});
frame.ready();
void begin();

/** From loading to a conversation; what fails on the way is offered to be tried again. */
async function begin(): Promise<void> {
  line.connection('chat.loading');
  const note = noteFromBefore();
  if (note) line.note(note);
  try {
    const [webChat, opened] = await Promise.all([
      loadWebChat(settings.webChat, settings.nonce),
      openSession(settings),
    ]);
    if (opened.began === 'renewed') line.note('chat.expired');
    converse(webChat, opened);
  } catch {
    failed();
  }
}

/** Shows the conversation and keeps its session up to date. */
function converse(webChat: WebChat, { session, began }: Opened): void {
  const directLine = webChat.createDirectLine({
    domain: session.domain ?? new URL(settings.directLine, location.href).href,
    token: session.token,
    // With an id it goes on, all of it read again; without one it begins.
    ...(began === 'resumed' ? { conversationId: session.conversationId, watermark: '0' } : {}),
    conversationStartProperties: { locale: localeTag() },
  });
  // It waits 3 to 15 s before it connects again, so that not all clients come at once. A person is waiting: 3 to 6.
  const { services } = directLine;
  if (services) services.random = () => Math.random() / 4;

  let hasBegun = began === 'resumed';
  const keep = () => {
    if (hasBegun && !isLeaving()) keepSession({ ...session, token: directLine.token });
  };
  setInterval(keep, KEEP_MS);
  addEventListener('pagehide', keep);
  followConnection(directLine, sockets, line, {
    online: () => {
      hasBegun = true;
      keep();
    },
    ended: () => startAfresh('chat.expired'),
    failed,
  });

  const store = webChat.createStore({}, () => (next) => (action) => {
    if (action.type === 'DIRECT_LINE/POST_ACTIVITY') line.clearNote();
    // Said in words instead of by the button: what the service has forgotten does not stay on the screen.
    if (action.type === 'DIRECT_LINE/INCOMING_ACTIVITY' && tellsForgotten(action.payload))
      startAfresh('chat.forgotten');
    return next(action);
  });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const draw = () =>
    webChat.renderWebChat(
      {
        directLine,
        store,
        locale: localeTag(),
        nonce: settings.nonce,
        sendTypingIndicator: false,
        overrideLocalizedStrings: { TEXT_INPUT_PLACEHOLDER: say('chat.placeholder') },
        renderMarkdown: (markdown: string, ...more: unknown[]) =>
          webChat.renderMarkdown(keepCharacters(markdown), ...more),
        ...lookOf(scheme.matches, settings.color, ink),
      },
      main,
    );
  draw();
  scheme.addEventListener('change', draw);
  // In a frame the page around it says when.
  if (!frame.isFramed) focusSendBox(main);
  forgetButton.disabled = false;
  forgetButton.addEventListener('click', () => void forget(directLine));
  find<HTMLButtonElement>('save').addEventListener('click', () => {
    saveConversation({
      directLine: session.domain ?? settings.directLine,
      conversationId: session.conversationId,
      token: directLine.token,
      names: { person: say('chat.you'), assistant: say('chat.title') },
    }).catch(() => line.note('chat.save_failed'));
  });
}

/** Forgets the conversation, here and in the service, once the person has said yes. */
async function forget(directLine: DirectLine): Promise<void> {
  if (!(await askToForget(find<HTMLDialogElement>('forget-dialog')))) return;
  forgetButton.disabled = true;
  line.note('chat.forgetting');
  const failedToForget = () => {
    forgetButton.disabled = false;
    line.note('chat.forget_failed');
  };
  directLine
    .postActivity({
      type: 'message',
      value: FORGET,
      text: '',
      from: { id: 'person', role: 'user' },
      locale: localeTag(),
    })
    .subscribe((id) => (id === 'retry' ? failedToForget() : startAfresh('chat.forgotten')), failedToForget);
}

function failed(): void {
  line.connection(
    'chat.failed',
    { label: 'chat.try_again', take: () => location.reload() },
    ...(keptSession() ? [{ label: 'chat.start_over', take: () => startAfresh('') }] : []),
  );
}

function localeTag(): string {
  return settings.locale === 'sv' ? 'sv-SE' : 'en-GB';
}

function find<Kind extends HTMLElement>(id: string): Kind {
  return document.getElementById(id) as Kind;
}

function tellsForgotten(payload: unknown): boolean {
  const { activity } = (payload ?? {}) as { activity?: { channelData?: { forgotten?: unknown } } };
  return activity?.channelData?.forgotten === true;
}
