import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '#server/config.ts';
import { AppError } from '#shared/app-error.ts';
import { openRoute } from '#shared/contract/open.ts';

/** How often somebody may ask, a minute, in each process; rejects with too_many_requests. */
export type TakeInbound = (request: FastifyRequest) => Promise<void>;

/** An office shares an address: many sessions may work behind one. */
const sessionsPerAddress = 20;

/**
 * Every route is counted, whatever it is: one that nobody thought of counts among `others`. The plugin
 * `@fastify/rate-limit` is registered on `app`; IPv6 addresses count by their /64, as one household or server has a
 * whole one.
 */
export function buildInboundLimits(
  app: FastifyInstance,
  { opensPerAddress, requestsPerSession }: Config['inbound'],
): TakeInbound {
  const byAddress = (max: number) => app.createRateLimit({ max });
  const requestsPerAddress = requestsPerSession * sessionsPerAddress;
  /** Starting sessions, by address: nobody has signed in yet. */
  const opens = byAddress(opensPerAddress);
  /** The pages of the connect journey, which write into the store. */
  const journeys = byAddress(opensPerAddress);
  /** The widget's document, which looks the workspace up; every open has at most one. */
  const frames = byAddress(opensPerAddress);
  /** Requests with a session; and by address too, so that made-up sessions are counted together. */
  const sessions = app.createRateLimit({ max: requestsPerSession, keyGenerator: bySession });
  const addresses = byAddress(requestsPerAddress);
  /** Scripts and styles, webhooks, probes, metrics, and what there is not. */
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

/** A digest, so that long headers nobody gave out do not fill the memory. */
function bySession({ headers }: FastifyRequest): string {
  return createHash('sha256')
    .update(headers.authorization ?? '')
    .digest('base64url');
}
