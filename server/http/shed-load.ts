import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { AppError } from '#shared/app-error.ts';

/**
 * Refuses requests with 503 while the event loop runs late by more than `maxDelayMs` on average over a second.
 *
 * The plugin reports an infinite delay where its second held no sample at all. One hold of a second is enough for that,
 * as of a busy machine, so it says nothing of the load and the request goes on.
 */
export async function shedLoad(app: FastifyInstance, { maxDelayMs = 2_000 } = {}): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: maxDelayMs,
    pressureHandler: async (_request, _reply, _type, delayMs) => {
      if (Number.isFinite(delayMs)) throw new AppError('unavailable', { retryAfterSeconds: 5 });
    },
  });
}
