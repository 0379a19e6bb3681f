import type { XeroAnswer, XeroOutcome } from '#server/xero/answers/xero-answer.ts';
import { refusePathSteps } from './path-steps.ts';

export type HttpRequest = {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
};

/** Enough for thousands of connections; tokens take a few thousand bytes. A larger answer is an error. */
export const maxAnswerBytes = 1024 * 1024;

/**
 * Sends requests that xero-node makes only through its client object, which we do not use: tokens and connections.
 * Never throws for network errors. A redirect is returned as an answer, because following it would carry secrets
 * elsewhere.
 */
export async function sendHttp(request: HttpRequest, timeoutMs: number): Promise<XeroOutcome> {
  const { url, ...init } = request;
  refusePathSteps(url);
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const text = await readText(response);
    if (text === undefined) return { kind: 'too_large', code: 'UNKNOWN' };
    const headers = Object.fromEntries(response.headers);
    return { kind: 'answer', answer: { status: response.status, headers, text } satisfies XeroAnswer };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError';
    return { kind: isTimeout ? 'timeout' : 'network', code: readCode(error) };
  }
}

/**
 * Undefined when the decompressed answer is longer than expected; the rest is not read. A compressed answer can expand
 * a thousandfold.
 */
async function readText({ body }: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early closes the connection.
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The system's error code. Messages may quote the request. */
export function readCode(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'UNKNOWN';
}
