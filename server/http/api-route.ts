import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import type { RecordName } from '#server/identity/session.ts';
import type { Backend } from '#server/identity/verify-backend-token.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import { acceptBackend } from '#server/use-cases/sync/accept-backend.ts';
import {
  acceptForRecord,
  acceptWhole,
  type RecordCaller,
  signIn,
  type WholeCaller,
} from '#server/use-cases/sync/accept-caller.ts';
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
  // A body of which all members may be left out may be left out itself.
  const mayBeAbsent = route.body?.safeParse({}).success ?? false;
  app.route({
    ...hooks,
    ...(mayBeAbsent && { preValidation: fillBody }),
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

async function fillBody(request: FastifyRequest): Promise<void> {
  request.body ??= {};
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
  const { onRequest, get } = acceptBefore((authorization) => acceptBackend(deps, authorization));
  addRoute(app, route, async (input) => handle(get(input.request), input), { onRequest });
}

/** Adds a route for all records of a workspace, for the CRM's backend and for admins in the overview of sync. */
export function addWholeRoute<const R extends Route>(
  app: FastifyInstance,
  deps: Deps,
  route: R,
  handle: (caller: WholeCaller, input: Input<R>) => Promise<RouteAnswer<R> | typeof answered>,
): void {
  const { onRequest, get } = acceptBefore(async (authorization) => acceptWhole(await signIn(deps, authorization)));
  addRoute(app, route, async (input) => handle(get(input.request), input), { onRequest });
}

/** Adds a route for the record that the path names: the same, and also for the record's own session. */
export function addRecordRoute<const R extends Route & { params: z.ZodType<RecordName> }>(
  app: FastifyInstance,
  deps: Deps,
  { route, to }: { route: R; to: 'see' | 'act' },
  handle: (caller: RecordCaller, input: Input<R>) => Promise<RouteAnswer<R> | typeof answered>,
): void {
  const { onRequest, get } = acceptBefore((authorization) => signIn(deps, authorization));
  addRoute(
    app,
    route,
    async (input) => {
      const record = route.params.parse(input.params);
      return handle(await acceptForRecord(deps, get(input.request), { record, to }), input);
    },
    { onRequest },
  );
}

/** Checks who asks before the body is read, and remembers it until the request is handled. */
function acceptBefore<Caller extends object>(accept: (authorization: string | undefined) => Promise<Caller>) {
  const accepted = new WeakMap<FastifyRequest, Caller>();
  return {
    async onRequest(request: FastifyRequest): Promise<void> {
      accepted.set(request, await accept(request.headers.authorization));
    },
    get(request: FastifyRequest): Caller {
      const caller = accepted.get(request);
      if (!caller) throw new AppError('token_invalid');
      return caller;
    },
  };
}

async function getPerson(deps: Deps, request: FastifyRequest): Promise<Person> {
  const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw new AppError('session_expired');
  const session = await deps.sessions.get(token);
  const rights = await deps.sessions.listRights(session);
  return { kind: 'person', session, rights, requestId: request.id, log: request.log };
}
