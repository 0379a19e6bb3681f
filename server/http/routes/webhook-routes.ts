import type { FastifyInstance } from 'fastify';
import type { Deps } from '#server/deps.ts';
import { receiveWebhook } from '#server/use-cases/live/receive-webhook.ts';
import { isSignedByXero } from '#server/xero/webhook.ts';
import { AppError } from '#shared/app-error.ts';

/** About 2,000 events. */
const bodyLimitBytes = 1024 * 1024;

/** Receives Xero's webhooks. The signature covers the raw bytes, and nothing is trusted before it is checked. */
export async function addWebhookRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bodyLimitBytes }, (_request, body, done) =>
    done(null, body),
  );
  app.post('/webhooks/xero', { schema: { hide: true } }, async (request, reply) => {
    const { webhookKey } = deps.config.xero;
    if (webhookKey === null) throw new AppError('not_found');
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const signature = request.headers['x-xero-signature'];
    reply.header('cache-control', 'no-store');
    if (typeof signature !== 'string' || !isSignedByXero(body, signature, webhookKey)) return reply.code(401).send();
    await receiveWebhook(deps, body, request.log);
    return reply.code(200).send();
  });
}
