import type { XeroAnswer, XeroOutcome } from '#server/xero/answers/xero-answer.ts';
import { refusePathSteps } from './path-steps.ts';

export type HttpRequest = {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
};

/** Some thousand connections; tokens are a few thousand bytes. An answer beyond this is a fault. */
export const maxAnswerBytes = 1024 * 1024;

/**
 * For what xero-node leaves to its client object, which we do not use: tokens and connections. Never throws for
 * what the network did; redirects are answers, for following one would carry secrets elsewhere.
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
 * Undefined where the answer is longer, unpacked, than any that is expected: the rest of it is never read. What is packed
 * can be a thousand times as long as what arrives.
 */
async function readText({ body }: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early ends the connection.
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The system's own word for what failed; messages may quote the request. */
export function readCode(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'UNKNOWN';
}
