import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import files from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';
import type { Crm } from './crm.ts';
import { addBookRoutes, addRunRoute } from './routes/books.ts';
import { addPageRoutes } from './routes/pages.ts';
import { addTokenRoute } from './routes/token.ts';
import { addWebhookRoute } from './routes/webhook.ts';
import { addSessionRoutes } from './session.ts';

export async function buildApp(crm: Crm): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: true });
  const policy = toContentSecurityPolicy(new URL(crm.productUrl).origin);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
    });
  });
  await app.register(cookie);
  await app.register(formbody);
  await app.register(files, { root: new URL('./public/', import.meta.url).pathname, prefix: '/assets/', maxAge: 0 });
  addSessionRoutes(app, crm.data);
  addTokenRoute(app, crm);
  addPageRoutes(app, crm);
  addBookRoutes(app, crm);
  addRunRoute(app, crm);
  addWebhookRoute(app, crm);
  return app;
}

/** As strict as a careful host: it allows only the product, its script and its frame. */
function toContentSecurityPolicy(product: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' ${product}`,
    `frame-src ${product}`,
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
