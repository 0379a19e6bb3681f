import type { Route, RouteAnswer, RouteBody, RouteParams, RouteQuery } from '#shared/contract/route.ts';
import type { Opened } from '#shared/contract/session/open.ts';
import { CallError, type Failure, isOffline } from './failures/failure.ts';
import { type JsonRequest, requestJson } from './requests/request-json.ts';

/** One request of the contract. `Call<typeof linkRoute>` types method, path, body and query by that route. */
export type Call<R extends Route> = {
  method: R['method'];
  path: R['path'];
  /** Values for the `:names` of the path. */
  params?: RouteParams<R>;
  query?: RouteQuery<R>;
  body?: RouteBody<R>;
  /** The form's idempotency key, for routes that need one. */
  idempotencyKey?: string;
};

/**
 * Talks with the server about one record. The session token is kept only here, in memory. All functions reject with a
 * CallError; `close` rejects all pending calls.
 */
export type Session = {
  /** Opens a session with a fresh record token. Concurrent callers share one. */
  open(): Promise<Opened>;
  /** Sends a request in the session. If the session has ended, opens a new one and repeats the request once. */
  call<R extends Route>(call: Call<R>): Promise<RouteAnswer<R>>;
  /** The same for other requests than JSON. Rejects as `request` does, which must reject with a CallError. */
  withBearer<Answer>(request: (bearer: string, signal: AbortSignal) => Promise<Answer>): Promise<Answer>;
  close(): void;
};

export type SessionDeps = {
  workspace: string;
  fetch: typeof fetch;
  /** A fresh record token from the page; null if it has none. May reject with a CallError. */
  getToken(): Promise<string | null>;
  /** Called for each opened session, also for those that replace an ended one. */
  onOpened(opened: Opened): void;
};

export function createSession(deps: SessionDeps): Session {
  const closing = new AbortController();
  const { signal } = closing;
  let bearer: string | undefined;
  let opening: Promise<Opened> | undefined;

  function open() {
    opening ??= openTwice(deps, signal)
      .then((opened) => {
        bearer = opened.session.token;
        deps.onOpened(opened);
        return opened;
      })
      .finally(() => {
        opening = undefined;
      });
    return opening;
  }

  async function withBearer<Answer>(request: (bearer: string, signal: AbortSignal) => Promise<Answer>) {
    const used = bearer ?? (await openBearer());
    try {
      return await request(used, signal);
    } catch (error) {
      if (!isSessionOver(error)) throw error;
      return request(bearer === used || !bearer ? await openBearer() : bearer, signal);
    }
  }

  const openBearer = async () => (await open()).session.token;
  const call = <R extends Route>(request: Call<R>) =>
    withBearer<RouteAnswer<R>>((token) =>
      requestJson(deps.fetch, { ...toJsonRequest(request, signal), bearer: token }),
    );

  return { open, call, withBearer, close: () => closing.abort() };
}

/** A token can be used once. If a new one can help, it is requested once. */
async function openTwice(deps: SessionDeps, signal: AbortSignal): Promise<Opened> {
  try {
    return await openOnce(deps, signal);
  } catch (error) {
    if (signal.aborted || !canFreshTokenHelp(error)) throw error;
    return openOnce(deps, signal);
  }
}

async function openOnce({ workspace, getToken, fetch }: SessionDeps, signal: AbortSignal): Promise<Opened> {
  const token = await getToken();
  if (token === null || signal.aborted) throw new CallError(noToken());
  return requestJson(fetch, { method: 'POST', path: '/api/open', body: { token, workspace }, signal });
}

/** Without a network, the page could not ask its own server either. */
function noToken(): Failure {
  if (isOffline()) return { code: 'unavailable', requestId: null, reason: 'offline' };
  return { code: 'token_unavailable', requestId: null };
}

function canFreshTokenHelp(error: unknown): boolean {
  if (!(error instanceof CallError)) return false;
  const { code, isLost } = error.failure;
  return isLost === true || code === 'token_expired' || code === 'token_replayed';
}

function isSessionOver(error: unknown): boolean {
  return error instanceof CallError && (error.failure.code === 'session_expired' || error.failure.status === 401);
}

function toJsonRequest<R extends Route>(call: Call<R>, signal: AbortSignal): JsonRequest {
  const { method, params, query, body, idempotencyKey } = call;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value));
  let path: string = call.path;
  for (const [name, value] of Object.entries(params ?? {}))
    path = path.replace(`:${name}`, encodeURIComponent(String(value)));
  return { method, path: search.size > 0 ? `${path}?${search}` : path, body, idempotencyKey, signal };
}
