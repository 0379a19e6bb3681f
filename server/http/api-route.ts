import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import type { Backend } from '#server/identity/verify-backend-token.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import { acceptBackend } from '#server/use-cases/sync/accept-backend.ts';
import { AppError } from '#shared/app-error.ts';
import type { Route, RouteAnswer } from '#shared/contract/route.ts';
import { problemSchema } from '#shared/problem.ts';

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Input<R extends Route> = {
  params: Parsed<R['params']>;
  headers: Parsed<R['headers']>;
  query: Parsed<R['querystring']>;
  body: Parsed<R['body']>;
  request: FastifyRequest;
  reply: FastifyReply;
};

/**
 * A handler returns this when it has already sent the answer. It cannot return the reply, because awaiting a reply
 * waits for its end.
 */
export const answered = Symbol('answered');

/** Adds a route of the contract: validates request and response, and lists the route in the OpenAPI document. */
export function addRoute<const R extends Route>(
  app: FastifyInstance,
  route: R,
  handle: (input: Input<R>) => Promise<RouteAnswer<R> | typeof answered>,
  hooks: { onRequest?: onRequestAsyncHookHandler } = {},
): void {
  app.route({
    ...hooks,
    method: route.method,
    url: route.path,
    ...(route.bodyLimit !== undefined && { bodyLimit: route.bodyLimit }),
    schema: {
      summary: route.summary,
      ...(route.params && { params: route.params }),
      ...(route.headers && { headers: route.headers }),
      ...(route.querystring && { querystring: route.querystring }),
      ...(route.body && { body: route.body }),
      response: { [route.status]: route.response, '4xx': problemSchema, '5xx': problemSchema },
    },
    handler: async (request, reply) => {
      // Validated against this route's own schemas just before.
      const params = request.params as Parsed<R['params']>;
      const headers = request.headers as Parsed<R['headers']>;
      const query = request.query as Parsed<R['querystring']>;
      const body = request.body as Parsed<R['body']>;
      const answer = await handle({ params, headers, query, body, request, reply });
      return answer === answered ? reply : reply.code(route.status).send(answer);
    },
  });
}

/** Adds a route that needs a session, given as `Authorization: Bearer`. */
export function addSessionRoute<const R extends Route>(
  app: FastifyInstance,
  deps: Deps,
  route: R,
  handle: (person: Person, input: Input<R>) => Promise<RouteAnswer<R> | typeof answered>,
): void {
  addRoute(app, route, async (input) => handle(await getPerson(deps, input.request), input));
}

/**
 * Adds a route for the CRM's backend, which sends a token of its own as `Authorization: Bearer`. The token is checked
 * before the body is read, because the body may be large.
 */
export function addBackendRoute<const R extends Route>(
  app: FastifyInstance,
  deps: Deps,
  route: R,
  handle: (backend: Backend, input: Input<R>) => Promise<RouteAnswer<R> | typeof answered>,
): void {
  const backends = new WeakMap<FastifyRequest, Backend>();
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    backends.set(request, await acceptBackend(deps, request.headers.authorization));
  };
  const get = (request: FastifyRequest): Backend => {
    const backend = backends.get(request);
    if (!backend) throw new AppError('token_invalid');
    return backend;
  };
  addRoute(app, route, async (input) => handle(get(input.request), input), { onRequest });
}

async function getPerson(deps: Deps, request: FastifyRequest): Promise<Person> {
  const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw new AppError('session_expired');
  const session = await deps.sessions.get(token);
  const rights = await deps.sessions.listRights(session);
  return { kind: 'person', session, rights, requestId: request.id, log: request.log };
}
