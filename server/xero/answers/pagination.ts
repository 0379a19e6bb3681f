import { z } from 'zod';

const countSchema = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .nullable()
  .catch(null);

/** What Xero says of a list beside a page of it. Null: not told, or nothing that counts. */
export type Pagination = { pageSize: number | null; pageCount: number | null; itemCount: number | null };

/** Null where the object is missing, or tells neither of the counts. */
export const paginationSchema = z
  .object({ pageSize: countSchema, pageCount: countSchema, itemCount: countSchema })
  .nullish()
  .catch(null)
  .transform((told): Pagination | null => (told && (told.pageCount !== null || told.itemCount !== null) ? told : null));

/** How long a page of Xero is where it passes over what was asked for. */
const usualPageSize = 100;

/**
 * Whether there may be more behind a page. Where Xero does not say how long its pages are, one of exactly the asked size
 * is not the last, and neither is one of a hundred.
 */
export function isFull({ rowCount, pagination }: { rowCount: number; pagination: Pagination | null }, asked: number) {
  const { pageSize } = pagination ?? { pageSize: null };
  if (rowCount === 0) return false;
  if (pageSize !== null && pageSize > 0) return rowCount >= Math.min(pageSize, asked);
  return rowCount >= asked || rowCount === usualPageSize;
}
