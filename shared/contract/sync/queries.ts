import { z } from 'zod';
import { trimmedText } from './values.ts';

/** Digits only: `z.coerce.number()` takes an empty text for 0. The document says that it is a number. */
export const numberInQuery = z
  .string()
  .refine((text) => /^\d{1,16}$/.test(text), 'a whole number')
  .meta({ type: 'integer' })
  .transform(Number);

/** Several values with commas, or the parameter repeated, in a query. An empty one counts as absent. */
export function severalOf<Value extends z.ZodType>(value: Value) {
  return z.preprocess((given) => {
    const texts = [given ?? []].flat().flatMap((text) => String(text).split(','));
    const values = texts.map((text) => text.trim()).filter((text) => text !== '');
    return values.length === 0 ? undefined : values;
  }, z.array(value).optional());
}

/** Why a list in a body that chooses records must not be empty. */
export const noneChosen = 'must name at least one; leave it out to leave this open';

/**
 * The same in a body that chooses records to act on: a list, or one value or several with commas. An empty one is
 * refused, as it would choose all records where the caller found none.
 */
export function oneOrMoreOf<Value extends z.ZodType>(value: Value) {
  return z.preprocess((given) => {
    if (given === undefined || given === null) return given;
    const texts = [given].flat().flatMap((text) => String(text).split(','));
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  }, z.array(value).min(1, noneChosen).optional());
}

/** Which page of a list. Every list of the sync API takes these. */
export const pageQuery = {
  cursor: trimmedText(500).optional(),
  limit: numberInQuery.pipe(z.int().min(1).max(500)).default(100),
};
