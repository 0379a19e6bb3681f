import { randomUUID } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Deps } from '#server/deps.ts';
import type { BuiltWidget } from './built-widget.ts';
import { answerClientError, answerExpectation } from './client-errors.ts';
import { addErrorHandler, sendProblem, toRequestError } from './error-handler.ts';
import { buildInboundLimits } from './inbound-limits.ts';
import { measureRequests } from './metrics.ts';
import { describeOptionalBodies } from './optional-bodies.ts';
import { addApiRoutes } from './routes/api-routes.ts';
import { addConnectRoutes } from './routes/connect-routes.ts';
import { addEmbedRoutes } from './routes/embed-routes.ts';
import { addOperationRoutes } from './routes/operation-routes.ts';
import { addWebhookRoutes } from './routes/webhook-routes.ts';
import { safeHeaders } from './security-headers.ts';
import { shedLoad } from './shed-load.ts';
import { buildSteadyLimitStore } from './steady-limit-store.ts';
import { closeUnusedConnections } from './unused-connections.ts';

const bodyLimitBytes = 512 * 1024;
const headerLimitBytes = 16 * 1024;

/** How long a request may take to arrive: its headers, and all of it (10 MB on a phone's uplink). */
export type Arrival = { headersMs: number; requestMs: number; checkEveryMs: number };
const arrival: Arrival = { headersMs: 10_000, requestMs: 120_000, checkEveryMs: 5_000 };

/** How many addresses or sessions are counted at once. The least recently seen are dropped first. */
const limitedAtOnce = 20_000;

/** `stopping` aborts when the process was asked to end. It still answers requests but is no longer ready. */
export type AppDeps = Deps & { built: BuiltWidget; arrival?: Arrival; stopping?: AbortSignal };

/** Builds the HTTP server from its dependencies. The caller listens and closes. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const isHttps = deps.config.publicUrl.startsWith('https:');
  const { headersMs, requestMs, checkEveryMs } = deps.arrival ?? arrival;
  const app = Fastify({
    loggerInstance: deps.appLog,
    trustProxy: deps.config.trustedProxies.length > 0 ? deps.config.trustedProxies : false,
    http: {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: checkEveryMs,
      maxHeaderSize: headerLimitBytes,
    },
    clientErrorHandler: answerClientError(deps.log, { isHttps }),
    frameworkErrors: (error, request, reply) => {
      reply.headers(safeHeaders({ isHttps }));
      return sendProblem(toRequestError(error), request, reply);
    },
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestMs,
    connectionTimeout: 60_000,
    keepAliveTimeout: 65_000,
    logController: new LogController({ disableRequestLogging: true }),
    // A record's id of 200 characters, of which each may take twelve in an address.
    routerOptions: { maxParamLength: 2_400 },
    return503OnClosing: true,
  });
  app.server.on('checkExpectation', answerExpectation({ isHttps }));
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(safeHeaders({ isHttps }));
  });
  addErrorHandler(app);
  addRequestLog(app);
  addFarewell(app, deps.stopping);
  closeUnusedConnections(app);
  measureRequests(app, deps.metrics);
  await shedLoad(app);
  if (deps.config.role !== 'worker') await addPublicRoutes(app, deps);
  addOperationRoutes(app, deps);
  return app;
}

/** What people, the CRM and Xero call. A process that only works has none of it. */
async function addPublicRoutes(app: FastifyInstance, deps: AppDeps): Promise<void> {
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Ledgerside', version: '1' } },
    transform: jsonSchemaTransform,
    transformObject: describeOptionalBodies,
  });
  const store = buildSteadyLimitStore(deps.clock, limitedAtOnce);
  await app.register(rateLimit, { global: false, timeWindow: '1 minute', store });
  app.addHook('onRequest', buildInboundLimits(app, deps.config.inbound));
  await app.register(async (api) => addApiRoutes(api, deps));
  await app.register(async (pages) => addConnectRoutes(pages, deps));
  await app.register(async (embed) => addEmbedRoutes(embed, deps, deps.built));
  await app.register(async (hooks) => addWebhookRoutes(hooks, deps));
  app.get('/docs/openapi.json', { schema: { hide: true } }, () => app.swagger());
}

/**
 * While the process stops, closes each connection after its answer, because a kept-alive one would keep a load balancer
 * here.
 */
function addFarewell(app: FastifyInstance, stopping?: AbortSignal): void {
  app.addHook('onSend', async (_request, reply) => {
    if (stopping?.aborted) reply.header('connection', 'close');
  });
}

/**
 * Logs one line per answer, with the route pattern instead of the URL, which may contain a search for a customer or a
 * ticket.
 */
function addRequestLog(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });
}
