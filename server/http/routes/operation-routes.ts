import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '#server/deps.ts';
import { AppError } from '#shared/app-error.ts';

/** For operators: whether the process is alive, whether it is ready, and its metrics. */
export function addOperationRoutes(
  app: FastifyInstance,
  { stopping, ...deps }: Deps & { stopping?: AbortSignal },
): void {
  const hide = { schema: { hide: true } };
  app.get('/healthz', hide, (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));
  app.get('/readyz', hide, async (_request, reply) => {
    const [store, cache] = await Promise.all([isUp(deps.store.ping()), isUp(deps.cache.ping())]);
    // Without Redis the process is still ready. It is slower and makes fewer calls to Xero, but refusing everybody
    // would be worse.
    const status = stopping?.aborted ? 'stopping' : store ? 'ready' : 'not_ready';
    return reply
      .code(status === 'ready' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status, store, cache });
  });
  app.get('/metrics', hide, async (request, reply) => {
    const { metricsToken } = deps.config;
    const { registry } = deps.metrics;
    if (metricsToken === null) throw new AppError('not_found');
    if (!isSameText(request.headers.authorization ?? '', `Bearer ${metricsToken}`)) throw new AppError('forbidden');
    return reply
      .header('cache-control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics());
  });
}

async function isUp(ping: Promise<void>): Promise<boolean> {
  return ping.then(
    () => true,
    () => false,
  );
}

/** Compares in constant time. */
function isSameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
