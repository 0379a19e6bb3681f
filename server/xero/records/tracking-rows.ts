import { z } from 'zod';
import type { XeroResource } from './records.ts';

/** Xero names the category of an option beside it, and not in its row. */
export function addCategory(resource: XeroResource, row: unknown, categoryId: string | undefined): unknown {
  if (resource !== 'tracking_option' || categoryId === undefined || typeof row !== 'object' || row === null) return row;
  return { ...row, TrackingCategoryID: categoryId };
}

const categorySchema = z.object({ TrackingCategoryID: z.string(), Options: z.array(z.unknown()).nullish() });

/** The options of all categories. A category that cannot be read stays as it is, which is no readable option. */
export function listOptionRows(categories: readonly unknown[]): unknown[] {
  return categories.flatMap((category) => {
    const read = categorySchema.safeParse(category);
    if (!read.success) return [category];
    const { TrackingCategoryID, Options } = read.data;
    return (Options ?? []).map((option) => addCategory('tracking_option', option, TrackingCategoryID));
  });
}
