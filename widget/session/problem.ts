import { errorCatalogue } from '#shared/error-catalogue.ts';
import type { Failure } from './failure.ts';

/**
 * The failure a refused request speaks of. A code of ours and a request id tell a problem document of our server (RFC
 * 9457) from what a proxy on the way answered, which is told by its status alone.
 */
export function parseProblem(status: number, text: string): Failure {
  const problem = parseJson(text) as Partial<Failure> | null;
  if (problem && typeof problem.requestId === 'string' && Object.hasOwn(errorCatalogue, String(problem.code))) {
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
