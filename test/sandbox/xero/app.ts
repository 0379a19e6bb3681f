import { parse } from 'node:querystring';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { addApiRoutes } from './api/pipeline.ts';
import { addControlRoutes } from './control/routes.ts';
import { notFoundText, XeroFault } from './errors.ts';
import { addAuthorizeRoutes } from './identity/authorize-route.ts';
import { addConnectionRoutes } from './identity/connections.ts';
import { addTokenRoutes } from './identity/token-route.ts';
import { addDeepLinkPages } from './pages/deep-links.ts';
import type { Sandbox } from './state.ts';
import { attachTraffic } from './traffic.ts';

/** Serves all four of Xero's hosts from one server. */
export async function buildXeroApp(sandbox: Sandbox, log: boolean): Promise<FastifyInstance> {
  const app = fastify({
    logger: log,
    forceCloseConnections: true,
    bodyLimit: 12 * 1024 * 1024,
    routerOptions: { maxParamLength: 500 },
  });
  addBodies(app);
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
}

/**
 * Bodies stay unchanged, because idempotency compares bytes, and a file is a file whatever its content type. axios
 * labels bytes without a type as a form, so only the forms of login and identity are parsed as forms.
 */
function addBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async ({ headers, url }: FastifyRequest, body: Buffer) => {
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    return isForm && !url.startsWith('/api.xro') ? parse(body.toString()) : body;
  });
}
