import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { toFields } from '../fields.ts';
import { authorizeErrorPage, consentPage } from '../pages/consent.ts';
import type { Sandbox } from '../state.ts';
import { type AuthorizeRefusal, type AuthorizeRequest, parseAuthorizeRequest } from './authorize-request.ts';
import { connect } from './connections.ts';
import { type Grant, person } from './identity.ts';

const path = '/identity/connect/authorize';
const codeMs = 5 * 60_000;

export function addAuthorizeRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.get(path, async (request, reply) => {
    const query = toFields(request.query);
    const asked = parseAuthorizeRequest(sandbox, query);
    if ('error' in asked) return refuse(reply, asked);
    const { organisations, bulk } = sandbox.state;
    return sendPage(reply, consentPage({ request: asked, query, appName: sandbox.app.name, organisations, bulk }));
  });

  app.post(path, async (request, reply) => {
    const { decision, organisation = '', ...query } = toFields(request.body);
    const asked = parseAuthorizeRequest(sandbox, query);
    if ('error' in asked) return refuse(reply, asked);
    if (decision !== 'allow') return reply.redirect(denied(asked));
    const tenantIds = organisation.split(',').filter((id) => id !== '');
    const problem = choiceProblem(sandbox, tenantIds);
    return problem ? refuse(reply, problem) : reply.redirect(allowed(sandbox, asked, tenantIds));
  });
}

function choiceProblem({ state }: Sandbox, tenantIds: string[]): AuthorizeRefusal | undefined {
  const areKnown = tenantIds.every((id) => state.organisations.some(({ tenantId }) => tenantId === id));
  if (tenantIds.length === 0 || !areKnown) return { error: 'invalid_request', description: 'No such organisation' };
  const tooMany = tenantIds.length > 1 && !state.bulk;
  return tooMany ? { error: 'invalid_request', description: 'One organisation at a time' } : undefined;
}

function allowed(sandbox: Sandbox, asked: AuthorizeRequest, tenantIds: string[]): string {
  const grant: Grant = { authEventId: randomUUID(), userId: person.userId, scopes: asked.scopes };
  const code = randomBytes(24).toString('base64url');
  sandbox.state.identity.codes.set(code, {
    grant,
    redirectUri: asked.redirectUri,
    expiresAt: sandbox.clock.now() + codeMs,
    ...(asked.challenge === undefined ? {} : { challenge: asked.challenge }),
    ...(asked.nonce === undefined ? {} : { nonce: asked.nonce }),
  });
  connect(sandbox, grant, tenantIds);
  return toRedirect(asked, {
    code,
    scope: asked.scopes.join(' '),
    session_state: randomBytes(12).toString('base64url'),
  });
}

function denied(asked: AuthorizeRequest): string {
  return toRedirect(asked, {
    error: 'access_denied',
    error_description: 'The resource owner or authorization server denied the request',
  });
}

function toRedirect(asked: AuthorizeRequest, more: Record<string, string>): string {
  const url = new URL(asked.redirectUri);
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  if (asked.state !== '') url.searchParams.set('state', asked.state);
  return url.href;
}

function refuse(reply: FastifyReply, { error, description }: AuthorizeRefusal) {
  return sendPage(reply.status(400), authorizeErrorPage(error, description));
}

function sendPage(reply: FastifyReply, html: string) {
  return reply
    .header('cache-control', 'no-store')
    .header('x-frame-options', 'DENY')
    .type('text/html; charset=utf-8')
    .send(html);
}
