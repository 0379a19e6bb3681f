import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { AppError } from '#shared/app-error.ts';

/**
 * Refuses requests with 503 while the event loop is late by more than `maxDelayMs` on average over a second.
 * The plugin reports an infinite delay when its second contains no sample. A single stall of a second causes that, for
 * example on a busy machine, so it does not mean overload, and the request goes on.
 */
export async function shedLoad(app: FastifyInstance, { maxDelayMs = 2_000 } = {}): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: maxDelayMs,
    pressureHandler: async (_request, _reply, _type, delayMs) => {
      if (Number.isFinite(delayMs)) throw new AppError('unavailable', { retryAfterSeconds: 5 });
    },
  });
}
