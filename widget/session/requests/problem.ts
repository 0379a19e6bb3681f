import { errorRetries } from '#shared/error-retries.ts';
import type { Failure } from '../failures/failure.ts';

/**
 * The failure in a refused request's body. Our server's problem documents (RFC 9457) have one of our codes and a
 * request id. Other bodies come from a proxy, so only their status counts.
 */
export function parseProblem(status: number, text: string): Failure {
  const problem = parseJson(text) as Partial<Failure> | null;
  if (problem && typeof problem.requestId === 'string' && Object.hasOwn(errorRetries, String(problem.code))) {
    return { ...(problem as Failure), status };
  }
  const isGateway = status === 502 || status === 503 || status === 504;
  return { code: isGateway ? 'unavailable' : 'internal', requestId: null, status };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
