import { z } from 'zod';

/**
 * How claims arrive from the languages of CRM backends: what a record does not have is `null` as often as it is absent,
 * ids are whole numbers as often as text, and PHP writes an empty object as `[]`. All of it is taken as what it means.
 */

/** A member that is null counts as absent. */
export function claimObject<const Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(withoutNullMembers, z.object(shape));
}

/** The same, and the whole is absent when nothing is left of it, such as a company that was joined and not found. */
export function optionalClaimObject<const Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(emptyAsAbsent, z.object(shape).optional()).optional();
}

/** The same, and where nothing is left it is as if it was empty, with what its members are then. */
export function defaultClaimObject<const Shape extends z.ZodRawShape>(
  shape: Shape,
  check: (value: z.output<z.ZodObject<Shape>>, context: z.core.$RefinementCtx) => void,
) {
  const toPresent = (value: unknown) => emptyAsAbsent(value) ?? {};
  return z.preprocess(toPresent, z.object(shape).superRefine(check)).prefault({});
}

/** An item that is null counts as absent. */
export function claimList<Item extends z.ZodType>(item: Item, maxLength: number) {
  return z.preprocess(withoutNullItems, z.array(item).max(maxLength));
}

/** Text, or a whole number that is exact: beyond 2^53 JavaScript reads another one, which may be another record's. */
export function textOrInteger<Text extends z.ZodType>(text: Text) {
  return z.preprocess((value) => (Number.isSafeInteger(value) ? String(value) : value), text);
}

function withoutNullMembers(value: unknown): unknown {
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

function emptyAsAbsent(value: unknown): unknown {
  if (Array.isArray(value) && value.length === 0) return undefined;
  const present = withoutNullMembers(value);
  return isPlainObject(present) && Object.keys(present).length === 0 ? undefined : present;
}

function withoutNullItems(value: unknown): unknown {
  return Array.isArray(value) ? value.filter((item) => item !== null) : value;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
