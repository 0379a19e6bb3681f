import { z } from 'zod';
import { AppError } from '#shared/app-error.ts';
import { requestWords } from '../words/request-words.ts';

type Page<Row> = { page: readonly Row[]; cursor: string | null; hasMore: boolean };

/** One row more than asked for was read; it tells whether there is a next page. `toParts`: where a row stands. */
export function toPage<Row>(rows: readonly Row[], limit: number, toParts: (row: Row) => readonly string[]): Page<Row> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const cursor = last ? Buffer.from(JSON.stringify(toParts(last))).toString('base64url') : null;
  return { page, cursor, hasMore: rows.length > page.length };
}

/** Where the page before ended; undefined for the first one. `shape`: the parts, in their order. */
export function parseCursor<Shape extends Record<string, z.ZodType<string>>>(
  cursor: string | undefined,
  shape: Shape,
): z.infer<z.ZodObject<Shape>> | undefined {
  if (cursor === undefined) return undefined;
  const names = Object.keys(shape);
  try {
    const parts = z
      .array(z.string())
      .length(names.length)
      .parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return z.object(shape).parse(Object.fromEntries(names.map((name, at) => [name, parts[at]])));
  } catch (cause) {
    throw new AppError('invalid_request', { errors: [{ path: 'cursor', message: requestWords.noCursor }], cause });
  }
}
