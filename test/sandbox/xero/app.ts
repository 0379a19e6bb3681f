import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance } from 'fastify';
import { addApiRoutes } from './api/pipeline.ts';
import { addControlRoutes } from './control/routes.ts';
import { notFoundText, XeroFault } from './errors.ts';
import { addAuthorizeRoutes } from './identity/authorize-route.ts';
import { addConnectionRoutes } from './identity/connections.ts';
import { addTokenRoutes } from './identity/token-route.ts';
import { addDeepLinkPages } from './pages/deep-links.ts';
import type { Sandbox } from './state.ts';
import { attachTraffic } from './traffic.ts';

/** All four of Xero's hosts on one server. */
export const buildXeroApp = async (sandbox: Sandbox, log: boolean): Promise<FastifyInstance> => {
  const app = fastify({
    logger: log,
    forceCloseConnections: true,
    bodyLimit: 12 * 1024 * 1024,
    routerOptions: { maxParamLength: 500 },
  });
  await app.register(formbody);
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: unknown) => body);
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: unknown) => body);
  app.setErrorHandler(async (error, _request, reply) => {
    if (!(error instanceof XeroFault)) throw error;
    return reply.status(error.status).headers(error.headers).send(error.body);
  });
  app.setNotFoundHandler(async (_request, reply) => reply.status(404).send(notFoundText));
  const traffic = attachTraffic(app, sandbox);
  addAuthorizeRoutes(app, sandbox);
  addTokenRoutes(app, sandbox);
  addConnectionRoutes(app, sandbox);
  addApiRoutes(app, sandbox, traffic);
  addDeepLinkPages(app, sandbox);
  addControlRoutes(app, sandbox);
  return app;
};
