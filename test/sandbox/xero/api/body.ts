import { z } from 'zod';
import { badRequest } from '../errors.ts';

const objectSchema = z.record(z.string(), z.unknown());

/** The elements of a write: an array under the plural name, or a single element. */
export function toElements(body: unknown, plural: string): unknown[] {
  const parsed = objectSchema.safeParse(body);
  if (!parsed.success) throw badRequest(17, 'PostDataInvalidException', 'JSON for post data was invalid');
  const listed = parsed.data[plural];
  return Array.isArray(listed) ? listed : [listed ?? parsed.data];
}
