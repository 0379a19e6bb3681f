import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '#server/config.ts';
import { AppError } from '#shared/app-error.ts';
import { openRoute } from '#shared/contract/session/open.ts';

/** Counts a request against its limit per minute in this process. Rejects with too_many_requests. */
export type TakeInbound = (request: FastifyRequest) => Promise<void>;

/** An office shares one address, so many sessions may use it. */
const sessionsPerAddress = 20;

/**
 * Counts every route; a route without a limit of its own counts among `others`. The plugin `@fastify/rate-limit` must
 * be registered on `app`. IPv6 addresses count by their /64, because a household or a server has a whole one.
 */
export function buildInboundLimits(
  app: FastifyInstance,
  { opensPerAddress, requestsPerSession }: Config['inbound'],
): TakeInbound {
  const byAddress = (max: number) => app.createRateLimit({ max });
  const requestsPerAddress = requestsPerSession * sessionsPerAddress;
  /** Starting a session, by address, because nobody has signed in yet. */
  const opens = byAddress(opensPerAddress);
  /** Pages of the connect journey, which write into the store. */
  const journeys = byAddress(opensPerAddress);
  /** The widget's document, which reads the workspace. Every open loads it at most once. */
  const frames = byAddress(opensPerAddress);
  /** Requests with a session. They also count by address, so that made-up sessions count together. */
  const sessions = app.createRateLimit({ max: requestsPerSession, keyGenerator: bySession });
  const addresses = byAddress(requestsPerAddress);
  /** Scripts and styles, webhooks, probes, metrics and unknown paths. */
  const others = byAddress(requestsPerAddress);

  return async (request) => {
    switch (kindOf(request.routeOptions.url)) {
      case 'open':
        return refuse(await opens(request));
      case 'journey':
        return refuse(await journeys(request));
      case 'frame':
        return refuse(await frames(request));
      case 'api':
        refuse(await addresses(request));
        if (request.headers.authorization !== undefined) refuse(await sessions(request));
        return;
      case 'other':
        return refuse(await others(request));
    }
  };
}

function kindOf(pattern: string | undefined): 'open' | 'journey' | 'frame' | 'api' | 'other' {
  if (pattern === openRoute.path) return 'open';
  if (pattern?.startsWith('/api/')) return 'api';
  if (pattern?.startsWith('/frame/')) return 'frame';
  return pattern === '/connect' || pattern?.startsWith('/oauth/') ? 'journey' : 'other';
}

type Taken = Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>;

function refuse(taken: Taken): void {
  if (taken.isAllowed || !taken.isExceeded) return;
  throw new AppError('too_many_requests', { retryAfterSeconds: Math.max(1, taken.ttlInSeconds) });
}

/** A hash, so that long made-up headers do not fill the memory. */
function bySession({ headers }: FastifyRequest): string {
  return createHash('sha256')
    .update(headers.authorization ?? '')
    .digest('base64url');
}
