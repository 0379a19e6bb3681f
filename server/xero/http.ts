import { refusePathSteps } from './path-steps.ts';
import type { XeroAnswer, XeroOutcome } from './xero-answer.ts';

export type HttpRequest = {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
};

/**
 * For what xero-node leaves to its client object, which we do not use: tokens and connections. Never throws for
 * what the network did; redirects are answers, for following one would carry secrets elsewhere.
 */
export async function sendHttp(request: HttpRequest, timeoutMs: number): Promise<XeroOutcome> {
  const { url, ...init } = request;
  refusePathSteps(url);
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const headers = Object.fromEntries(response.headers);
    return {
      kind: 'answer',
      answer: { status: response.status, headers, text: await response.text() } satisfies XeroAnswer,
    };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError';
    return { kind: isTimeout ? 'timeout' : 'network', code: readCode(error) };
  }
}

/** The system's own word for what failed; messages may quote the request. */
export function readCode(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'UNKNOWN';
}
