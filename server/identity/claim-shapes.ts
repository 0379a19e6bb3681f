import { z } from 'zod';

/**
 * Accepts claims as the languages of CRM backends write them: a missing value is often `null`, an id is often a whole
 * number, and PHP writes an empty object as `[]`.
 */

/** An object in which a null member counts as absent. */
export function claimObject<const Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(withoutNullMembers, z.object(shape));
}

/** The same, and the whole object counts as absent when it is empty, such as a joined company that was not found. */
export function optionalClaimObject<const Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(emptyAsAbsent, z.object(shape).optional()).optional();
}

/** The same, but an empty object gets the defaults of its members. */
export function defaultClaimObject<const Shape extends z.ZodRawShape>(
  shape: Shape,
  check: (value: z.output<z.ZodObject<Shape>>, context: z.core.$RefinementCtx) => void,
) {
  const toPresent = (value: unknown) => emptyAsAbsent(value) ?? {};
  return z.preprocess(toPresent, z.object(shape).superRefine(check)).prefault({});
}

/** A list in which a null item counts as absent. */
export function claimList<Item extends z.ZodType>(item: Item, maxLength: number) {
  return z.preprocess(withoutNullItems, z.array(item).max(maxLength));
}

/** Text, or a whole number up to 2^53. JavaScript rounds a larger one, which may then be another record's id. */
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
