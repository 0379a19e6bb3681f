import { randomUUID } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import underPressure from '@fastify/under-pressure';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { BuiltWidget } from './built-widget.ts';
import type { Deps } from './deps.ts';
import { addMetrics } from './metrics.ts';
import { addApiRoutes } from './routes/api-routes.ts';
import { addConnectRoutes } from './routes/connect-routes.ts';
import { addEmbedRoutes } from './routes/embed-routes.ts';
import { addErrorHandler } from './routes/error-handler.ts';
import { addOperationRoutes } from './routes/operation-routes.ts';

const bodyLimitBytes = 512 * 1024;

/** The HTTP server as a function of its dependencies; listening and closing are the caller's. */
export async function buildApp(deps: Deps & { built: BuiltWidget }): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: deps.appLog,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    bodyLimit: bodyLimitBytes,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 65_000,
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 300 },
    return503OnClosing: true,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  addErrorHandler(app);
  addRequestLog(app);
  const metrics = addMetrics(app);
  await app.register(underPressure, { maxEventLoopDelay: 2_000, retryAfter: 5 });
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Ledgerside', version: '1' } },
    transform: jsonSchemaTransform,
  });
  await app.register(async (api) => addApiRoutes(api, deps));
  await app.register(async (pages) => {
    await pages.register(rateLimit, { max: 120, timeWindow: '1 minute' });
    await addConnectRoutes(pages, deps);
  });
  await app.register(async (embed) => addEmbedRoutes(embed, deps, deps.built));
  addOperationRoutes(app, deps, metrics);
  app.get('/docs/openapi.json', { schema: { hide: true } }, () => app.swagger());
  return app;
}

/** One line an answer, by route pattern: a URL may hold a search for a customer or a ticket. */
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
