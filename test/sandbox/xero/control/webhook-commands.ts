import { webhookCategories } from '../webhooks/events.ts';
import { commandSchemas } from './commands.ts';
import type { Command } from './routes.ts';

const done = { ok: true };

/** Webhook commands for tests and the demo. */
export const webhookCommands: Record<string, Command> = {
  webhooks: async ({ state: { webhooks } }, body) => {
    const { url, key = '', categories = webhookCategories } = commandSchemas.webhooks.parse(body);
    if (url === null) webhooks.unsubscribe();
    return { reason: url === null ? null : await webhooks.subscribe({ url, key }, categories) };
  },
  'webhook-fault': ({ state }, body) => {
    state.webhooks.fault(commandSchemas.webhookFault.parse(body));
    return done;
  },
  'hold-webhooks': ({ state }) => {
    state.webhooks.hold();
    return done;
  },
  'release-webhooks': ({ state }, body) => {
    state.webhooks.release(commandSchemas.releaseWebhooks.parse(body).order ?? 'together');
    return done;
  },
  'send-webhook': ({ state }, given) => {
    const { body, signedAs = 'right' } = commandSchemas.sendWebhook.parse(given);
    return state.webhooks.send(body, signedAs);
  },
  'webhook-posts': ({ state }) => state.webhooks.list(),
};
