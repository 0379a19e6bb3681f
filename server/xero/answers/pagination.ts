import { z } from 'zod';

const countSchema = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .nullable()
  .catch(null);

/** What Xero says about a list beside one of its pages. Null: missing, or not a usable number. */
export type Pagination = { pageSize: number | null; pageCount: number | null; itemCount: number | null };

/** Null when the object is missing or contains neither count. */
export const paginationSchema = z
  .object({ pageSize: countSchema, pageCount: countSchema, itemCount: countSchema })
  .nullish()
  .catch(null)
  .transform((told): Pagination | null => (told && (told.pageCount !== null || told.itemCount !== null) ? told : null));

/** Xero's page length when it ignores the requested size. */
const usualPageSize = 100;

/**
 * Whether more rows may follow this page. If Xero does not say how long its pages are, a page of exactly the requested
 * size, or of a hundred rows, may not be the last.
 */
export function isFull({ rowCount, pagination }: { rowCount: number; pagination: Pagination | null }, asked: number) {
  const { pageSize } = pagination ?? { pageSize: null };
  if (rowCount === 0) return false;
  if (pageSize !== null && pageSize > 0) return rowCount >= Math.min(pageSize, asked);
  return rowCount >= asked || rowCount === usualPageSize;
}
