import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '#shared/app-error.ts';
import type { Config } from '../config.ts';

export type InboundLimits = {
  /** Starting sessions; rejects with too_many_requests. By address: nobody has signed in yet. */
  takeOpen(request: FastifyRequest): Promise<void>;
  /** Any request with a session, by session; and by address too, so that made-up sessions are counted together. */
  takeRequest(request: FastifyRequest): Promise<void>;
  /** The pages of the connect journey, by address. */
  takePage(request: FastifyRequest): Promise<void>;
};

/** An office shares an address: many sessions may work behind one. */
const sessionsPerAddress = 20;

/**
 * How often somebody may ask, a minute, in each process. The plugin `@fastify/rate-limit` is registered on `app`; IPv6
 * addresses count by their /64, as one household or server has a whole one.
 */
export function buildInboundLimits(
  app: FastifyInstance,
  { opensPerAddress, requestsPerSession }: Config['inbound'],
): InboundLimits {
  const opens = app.createRateLimit({ max: opensPerAddress });
  const addresses = app.createRateLimit({ max: requestsPerSession * sessionsPerAddress });
  const sessions = app.createRateLimit({ max: requestsPerSession, keyGenerator: bySession });
  const pages = app.createRateLimit({ max: opensPerAddress });
  return {
    takeOpen: async (request) => refuse(await opens(request)),
    takeRequest: async (request) => {
      refuse(await addresses(request));
      if (request.headers.authorization !== undefined) refuse(await sessions(request));
    },
    takePage: async (request) => refuse(await pages(request)),
  };
}

type Taken = Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>;

function refuse(taken: Taken): void {
  if (taken.isAllowed || !taken.isExceeded) return;
  throw new AppError('too_many_requests', { retryAfterSeconds: Math.max(1, taken.ttlInSeconds) });
}

/** A digest, so that long headers nobody gave out do not fill the memory. */
function bySession({ headers }: FastifyRequest): string {
  return createHash('sha256')
    .update(headers.authorization ?? '')
    .digest('base64url');
}
