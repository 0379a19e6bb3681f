import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Deps } from '#server/deps.ts';
import { buildEventStreams } from '#server/events/event-streams.ts';
import { watchRecord } from '#server/use-cases/live/watch-record.ts';
import { eventsRoute } from '#shared/contract/events.ts';
import { addSessionRoute, answered } from '../api-route.ts';

/**
 * The stream that tells an open widget to refresh. All streams end before the server waits for requests in progress.
 */
export function addEventRoutes(app: FastifyInstance, deps: Deps): void {
  const streams = buildEventStreams(deps);
  app.addHook('preClose', () => streams.stop('stopping'));
  addSessionRoute(app, deps, eventsRoute, async (person, { request, reply }) => {
    reply
      .type('text/event-stream')
      // Proxies must not buffer or change the stream, and no other request may queue behind it.
      .headers({ 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no', connection: 'close' });
    if (request.method === 'HEAD') reply.send();
    else reply.send((await watchRecord(deps, person, { streams, holder: nameSession(request) })).body);
    return answered;
  });
}

/** Identifies a session by its bearer token, which is not checked here. */
function nameSession({ headers }: FastifyRequest): string {
  return createHash('sha256')
    .update(headers.authorization ?? '')
    .digest('base64url');
}
