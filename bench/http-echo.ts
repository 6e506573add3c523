import type { AddressInfo } from 'node:net';
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
} from 'botbuilder';
import { pino } from 'pino';
import { createService } from '../src/adapters/http/service.ts';

// The echo bot of botbuilder's own samples, on the server that this service runs on.
class EchoBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      const text = `Echo: ${context.activity.text}`;
      await context.sendActivity(MessageFactory.text(text, text));
      await next();
    });
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const bot = new EchoBot();
const server = createService({
  messages: (async (request: never, response: never) =>
    adapter.process(request, response, (context) => bot.run(context))) as never,
  routes: [],
  ready: async () => true,
  rate: { perSecond: 10_000, burst: 10_000 },
  log: pino({ level: 'error' }),
});
server.listen(0, '127.0.0.1', () => process.send?.((server.server.address() as AddressInfo).port));
process.on('message', (message) => {
  if (message === 'time') process.send?.(process.cpuUsage());
  else process.exit(0);
});
