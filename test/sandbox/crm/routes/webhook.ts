import type { FastifyInstance } from 'fastify';
import { Webhook } from 'standardwebhooks';
import type { Crm } from '../crm.ts';
import { webhookPath } from '../sync/build-sync.ts';

/**
 * Ledgerside says that there are changes. The message has no content that counts: the CRM reads the feed from its own
 * place. It answers before it reads, since Ledgerside waits only 15 seconds.
 */
export function addWebhookRoute(app: FastifyInstance, crm: Crm): void {
  app.register(async (scope) => {
    // The signature is over the bytes that were sent.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    scope.post<{ Body: string }>(webhookPath, async (request, reply) => {
      const secret = crm.books.findKept('webhookSecret');
      if (secret === undefined || !isSigned(secret, request.body, request.headers)) return reply.code(401).send();
      crm.sync.readChanges().catch(crm.log);
      return reply.code(204).send();
    });
  });
}

function isSigned(secret: string, body: string, headers: Record<string, string | string[] | undefined>): boolean {
  const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  try {
    new Webhook(secret).verify(body, given);
    return true;
  } catch {
    return false;
  }
}
