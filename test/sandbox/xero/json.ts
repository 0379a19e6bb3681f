import { badRequest } from './errors.ts';

/** Parses a body that is kept as text, so that idempotency can compare the bytes that were sent. */
export function parseJson(body: unknown): unknown {
  try {
    return JSON.parse(String(body ?? ''));
  } catch {
    throw badRequest(17, 'PostDataInvalidException', 'JSON for post data was invalid');
  }
}
