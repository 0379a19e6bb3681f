import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { gatewayRefusal, XeroFault } from '../errors.ts';
import { toFields, toLowerFields } from '../fields.ts';
import { fingerprintOf } from '../idempotency.ts';
import type { Grant } from '../identity/identity.ts';
import { hasScope } from '../identity/scopes.ts';
import { requireGrant } from '../identity/tokens.ts';
import { parseJson } from '../json.ts';
import type { Organisation } from '../records/organisation.ts';
import type { Sandbox } from '../state.ts';
import type { Traffic } from '../traffic.ts';
import { withEvents } from '../webhooks/with-events.ts';
import { alterAnswer, alterQuery } from './altered-answer.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from './route.ts';
import { apiRoutes } from './routes.ts';
import { answerErrorsInside } from './writes/errors-inside.ts';

const base = '/api.xro/2.0';

/** Every endpoint is an entry of a list. Everything they share happens here. */
export function addApiRoutes(app: FastifyInstance, sandbox: Sandbox, traffic: Traffic): void {
  for (const route of apiRoutes) {
    app.route({
      method: route.method,
      url: `${base}${route.path}`,
      exposeHeadRoute: false,
      handler: async (request, reply) => serve({ sandbox, traffic, route, request, reply }),
    });
  }
}

type Serving = {
  sandbox: Sandbox;
  traffic: Traffic;
  route: ApiRoute;
  request: FastifyRequest;
  reply: FastifyReply;
};

/** The gateway's checks, limits, an injected fault, idempotency, and then the endpoint. */
async function serve(serving: Serving) {
  const { sandbox, traffic, route, request, reply } = serving;
  requireUsualHeaders(route, request);
  const grant = await requireGrant(sandbox, request.headers.authorization);
  const organisation = requireOrganisation(sandbox, request, grant);
  requireScope(route, grant);
  const { limits } = sandbox.state;
  traffic.onAnswer(request, admit(sandbox, organisation, reply));
  reply.headers(limits.headers(organisation.tenantId));
  await traffic.stall(request);
  const answer = withEvents(sandbox, organisation, () => answerOnce(serving, organisation));
  if (answer.contentType) reply.type(answer.contentType);
  return reply.status(answer.status).send(answer.body);
}

/** A refused call also returns what is left of the limits. */
function admit({ state }: Sandbox, { tenantId }: Organisation, reply: FastifyReply): () => void {
  try {
    return state.limits.admit(tenantId);
  } finally {
    reply.headers(state.limits.headers(tenantId));
  }
}

function requireUsualHeaders(route: ApiRoute, { headers }: FastifyRequest): void {
  if (!headers['user-agent']) {
    throw new XeroFault(403, '<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY>Access Denied</BODY></HTML>', {
      'content-type': 'text/html',
    });
  }
  if ((route.accepts ?? /\bjson\b/).test(headers.accept ?? '')) return;
  throw new XeroFault(406, 'Xero answers XML unless Accept asks for application/json; the sandbox only speaks JSON');
}

function requireOrganisation(sandbox: Sandbox, request: FastifyRequest, grant: Grant): Organisation {
  const tenantId = request.headers['xero-tenant-id'];
  const { identity, organisations } = sandbox.state;
  const isConnected = identity.connections.some((one) => one.tenantId === tenantId && one.userId === grant.userId);
  const organisation = organisations.find((one) => one.tenantId === tenantId);
  if (!isConnected || !organisation) throw gatewayRefusal(403, 'AuthenticationUnsuccessful');
  return organisation;
}

function requireScope(route: ApiRoute, grant: Grant): void {
  if (route.scopes.some((scope) => hasScope(grant.scopes, scope, route.method))) return;
  throw gatewayRefusal(401, 'AuthorizationUnsuccessful', { 'www-authenticate': 'Bearer error="insufficient_scope"' });
}

/** Xero's OpenAPI names the key for PUT and POST; a deletion takes none. */
const takesKeys = ['PUT', 'POST'];

/**
 * Returns the stored answer if this key was used before. Refusals of an endpoint are stored too, those of the gateway
 * are not.
 */
function answerOnce(serving: Serving, organisation: Organisation): ApiAnswer {
  const { sandbox, route, request } = serving;
  const key = request.headers['idempotency-key'];
  if (!takesKeys.includes(route.method) || typeof key !== 'string' || key === '') return run(serving, organisation);
  const print = fingerprintOf(request.method, request.url, organisation.tenantId, toBytes(request.body));
  const { idempotency } = sandbox.state;
  const kept = idempotency.recall(key, print);
  if (kept) return kept;
  const answer = withRefusals(() => run(serving, organisation));
  idempotency.keep(key, print, answer);
  return answer;
}

function withRefusals(act: () => ApiAnswer): ApiAnswer {
  try {
    return act();
  } catch (error) {
    if (error instanceof XeroFault) return { status: error.status, body: error.body };
    throw error;
  }
}

function run(serving: Serving, organisation: Organisation): ApiAnswer {
  const fault = serving.traffic.faultOf(serving.request);
  const call = toCall(serving, organisation);
  if (fault?.kind === 'errors-inside') return answerErrorsInside(call, serving.route.path, fault);
  if (fault?.kind !== 'alter' || !fault.alteration) return serving.route.run(call);
  const asked = { ...call, query: alterQuery(call.query, fault.alteration) };
  return alterAnswer(serving.route.run(asked), fault.alteration);
}

function toCall({ sandbox, route, request }: Serving, organisation: Organisation): ApiCall {
  const ifModifiedSince = readSince(request.headers['if-modified-since']);
  return {
    sandbox,
    organisation,
    books: organisation.books(),
    params: toFields(request.params),
    query: toLowerFields(request.query),
    body: readBody(route, request.body),
    accept: request.headers.accept ?? '',
    contentType: request.headers['content-type'] ?? 'application/octet-stream',
    origin: `${request.protocol}://${request.headers.host ?? 'localhost'}`,
    ...(ifModifiedSince === undefined ? {} : { ifModifiedSince }),
  };
}

function readBody({ method, takes }: ApiRoute, body: unknown): unknown {
  if (method === 'GET' || takes === 'anything') return undefined;
  return takes === 'bytes' ? toBytes(body) : parseJson(body);
}

function toBytes(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.from(String(body ?? ''));
}

/** An HTTP date or `yyyy-mm-ddThh:mm:ss`, both UTC, to the second. Anything else is ignored. */
function readSince(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const hasNoZone = /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(header);
  const ms = Date.parse(hasNoZone ? `${header}Z` : header);
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000) * 1000;
}
