import formbody from '@fastify/formbody';
import oauth2, { type OAuth2Namespace } from '@fastify/oauth2';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '#server/config.ts';
import type { Deps } from '#server/deps.ts';
import { type Asked, getAsked, startConsent, takeState } from '#server/use-cases/connection/connect-xero.ts';
import { type ConnectEnd, finishConnect, recordEnd } from '#server/use-cases/connection/finish-connect.ts';
import { listScopes } from '#server/use-cases/connection/sync-scopes.ts';
import { AppError } from '#shared/app-error.ts';
import type { ConnectReason } from '#shared/contract/settings.ts';
import { buildConnectEndPage, buildConnectPage } from '../pages/connect-pages.ts';
import { setPageHeaders } from '../security-headers.ts';
import { buildOwnBrowser, type OwnBrowser } from './own-browser.ts';

declare module 'fastify' {
  interface FastifyInstance {
    xeroOAuth: OAuth2Namespace;
  }
  interface FastifyRequest {
    /** Created for this consent before the authorization address is built. */
    connectState: string;
  }
}

/** Our tickets and states are 24 or 32 random bytes in base64url. */
const ownTextSchema = z.string().regex(/^[\w-]{1,200}$/);
const ticketSchema = z.object({ ticket: ownTextSchema });
const formSchema = ticketSchema.extend({ proof: ownTextSchema.catch('') });
const callbackSchema = z.object({
  state: ownTextSchema,
  code: z.string().max(4000).optional(),
  error: z.string().max(200).optional(),
});

/** A token answer has a few thousand bytes. */
const mostTokenBytes = 1024 * 1024;

/** The connect journey, top-level both ways: our page, Xero's consent, our callback, back to the CRM. */
export async function addConnectRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  const { config } = deps;
  app.decorateRequest('connectState', '');
  await app.register(formbody);
  await app.register(oauth2, buildOAuthOptions(config));
  app.addHook('onRequest', async (_request, reply) => {
    setPageHeaders(reply, config.xero.loginUrl);
  });
  const hide = { schema: { hide: true } };
  const own = buildOwnBrowser(config);
  app.get('/connect', hide, (request, reply) => showConnectPage({ deps, own }, request, reply));
  app.post('/connect', hide, (request, reply) => goToXero({ app, deps, own }, request, reply));
  app.get('/oauth/callback', hide, (request, reply) => comeBack(app, deps, request, reply));
}

function buildOAuthOptions({ xero, publicUrl }: Config) {
  const isHttps = publicUrl.startsWith('https:');
  return {
    name: 'xeroOAuth',
    scope: xero.scopes,
    credentials: {
      client: { id: xero.clientId, secret: xero.clientSecret },
      auth: {
        authorizeHost: xero.loginUrl,
        authorizePath: '/identity/connect/authorize',
        tokenHost: xero.identityUrl,
        tokenPath: '/connect/token',
      },
      // Compressed answers are not decompressed, so this is the most memory that an answer can take.
      http: { timeout: xero.timeoutMs, maxBytes: mostTokenBytes },
    },
    callbackUri: `${publicUrl}/oauth/callback`,
    pkce: 'S256' as const,
    cookie: { path: '/', secure: isHttps, sameSite: 'lax' as const, httpOnly: true, maxAge: 600 },
    hostPrefixedCookies: isHttps,
    userAgent: 'ledgerside',
    generateStateFunction: (request: FastifyRequest) => request.connectState,
    // The state is compared with the cookie and used up in the store before the code is exchanged.
    checkStateFunction: async () => true,
  };
}

async function showConnectPage(
  { deps, own }: { deps: Deps; own: OwnBrowser },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const parsed = ticketSchema.safeParse(request.query);
  try {
    if (!parsed.success) throw new AppError('connect_ticket_invalid');
    const asked = await getAsked(deps, parsed.data.ticket);
    const workspace = await deps.workspaces.find(asked.workspaceId);
    const { ticket } = parsed.data;
    const proof = own.showTicket(request, reply, ticket);
    const workspaceName = workspace?.name ?? asked.workspaceId;
    const { userName, forSync } = asked;
    return sendPage(reply, 200, buildConnectPage({ workspaceName, userName, forSync, ticket, proof }));
  } catch (error) {
    return refuseTicket(error, reply);
  }
}

async function goToXero(
  { app, deps, own }: { app: FastifyInstance; deps: Deps; own: OwnBrowser },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const parsed = formSchema.safeParse(request.body);
  try {
    if (!parsed.success) throw new AppError('connect_ticket_invalid');
    // The ticket stays valid, so that its owner may still use it.
    if (!own.isOwnPost(request, parsed.data)) {
      request.log.warn('a connect form did not come from our own page in the same browser');
      return sendPage(reply, 400, buildConnectEndPage('other_browser', null));
    }
    const { state, asked } = await startConsent(deps, parsed.data.ticket);
    request.connectState = state;
    const address = new URL(await app.xeroOAuth.generateAuthorizationUri(request, reply));
    // The OAuth client knows one list of scopes only.
    address.searchParams.set('scope', listScopes(deps.config.xero, asked).join(' '));
    return reply.redirect(address.href, 303);
  } catch (error) {
    return refuseTicket(error, reply);
  }
}

function refuseTicket(error: unknown, reply: FastifyReply): FastifyReply {
  if (!(error instanceof AppError) || error.code !== 'connect_ticket_invalid') throw error;
  return sendPage(reply, 400, buildConnectEndPage('ticket_invalid', null));
}

async function comeBack(
  app: FastifyInstance,
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const parsed = callbackSchema.safeParse(request.query);
  if (!parsed.success) return sendPage(reply, 400, buildConnectEndPage('state_invalid', null));
  const { state, code, error } = parsed.data;
  const isHttps = deps.config.publicUrl.startsWith('https:');
  const cookie = request.cookies[isHttps ? '__Host-oauth2-redirect-state' : 'oauth2-redirect-state'];
  // A state from another browser stays valid, so that the consent can still finish in that browser.
  if (cookie === undefined || cookie !== state) {
    return sendPage(reply, 400, buildConnectEndPage(cookie === undefined ? 'other_browser' : 'state_invalid', null));
  }
  const taken = await takeState(deps, state);
  if (!taken) return sendPage(reply, 400, buildConnectEndPage('state_invalid', null));
  const end = taken.isExpired
    ? fail('state_expired')
    : await finish(app, { deps, asked: taken.asked, code, error }, request, reply);
  await recordEnd(deps, taken.asked, end, request.id);
  if (end.outcome === 'connected') return reply.redirect(taken.asked.returnUrl, 303);
  request.log.warn({ outcome: end.outcome, reason: end.reason }, 'connecting to Xero failed');
  return sendPage(reply, end.outcome === 'denied' ? 200 : 400, buildConnectEndPage(end.reason, taken.asked.returnUrl));
}

async function finish(
  app: FastifyInstance,
  { deps, asked, code, error }: { deps: Deps; asked: Asked; code?: string; error?: string },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<ConnectEnd> {
  if (error === 'access_denied') return { outcome: 'denied', reason: 'consent_denied' };
  if (error !== undefined || code === undefined) return fail('xero_refused');
  try {
    const { token } = await app.xeroOAuth.getAccessTokenFromAuthorizationCodeFlow(request, reply);
    const tokens = deps.xero.tokens.parseTokenAnswer(token, deps.clock.now());
    return await finishConnect(deps, asked, tokens, { requestId: request.id, log: request.log });
  } catch (cause) {
    request.log.warn({ status: findStatus(cause) }, 'the consent could not be finished');
    return fail(isRefusal(cause) ? 'xero_refused' : 'xero_unreachable');
  }
}

function fail(reason: ConnectReason): ConnectEnd {
  return { outcome: 'failed', reason };
}

/** The OAuth client's errors carry Xero's HTTP status. Only that status tells Xero's errors from ours. */
function findStatus(cause: unknown): number | null {
  const parsed = z.object({ output: z.object({ statusCode: z.number() }) }).safeParse(cause);
  return parsed.success ? parsed.data.output.statusCode : null;
}

function isRefusal(cause: unknown): boolean {
  if (cause instanceof AppError) return ['xero_rejected', 'xero_unauthorized', 'xero_forbidden'].includes(cause.code);
  const status = findStatus(cause);
  return status !== null && status >= 400 && status < 500 && status !== 408;
}

function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(page);
}
