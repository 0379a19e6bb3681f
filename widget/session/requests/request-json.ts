import { CallError, lostFailure } from '../failures/failure.ts';
import { parseProblem } from './problem.ts';

export type JsonRequest = {
  method: string;
  /** Path and query on the frame's own origin. */
  path: string;
  body?: unknown;
  bearer?: string;
  idempotencyKey?: string;
  signal: AbortSignal;
};

/** Longer than the server ever waits for Xero, in milliseconds. */
const timeoutMs = 60_000;

/** One request whose answer is JSON. Rejects with a CallError. */
export async function requestJson<Answer>(send: typeof fetch, request: JsonRequest): Promise<Answer> {
  const { status, ok, text } = await exchange(send, request);
  if (!ok) throw new CallError(parseProblem(status, text));
  try {
    return JSON.parse(text) as Answer;
  } catch (cause) {
    throw lost(cause);
  }
}

async function exchange(send: typeof fetch, { method, path, body, bearer, idempotencyKey, signal }: JsonRequest) {
  const headers = new Headers({ accept: 'application/json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (bearer) headers.set('authorization', `Bearer ${bearer}`);
  if (idempotencyKey) headers.set('idempotency-key', idempotencyKey);
  try {
    const response = await send(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    return { status: response.status, ok: response.ok, text: await response.text() };
  } catch (cause) {
    throw lost(cause);
  }
}

function lost(cause: unknown) {
  return new CallError(lostFailure(), cause);
}
