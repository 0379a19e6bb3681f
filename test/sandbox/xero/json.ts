import { badRequest } from './errors.ts';

/** A body that was kept as text, so that idempotency compares the bytes that were sent. */
export const parseJson = (body: unknown): unknown => {
  try {
    return JSON.parse(String(body ?? ''));
  } catch {
    throw badRequest(17, 'PostDataInvalidException', 'JSON for post data was invalid');
  }
};
