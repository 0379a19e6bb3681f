import Big from 'big.js';
import { z } from 'zod';
import { isCalendarDate } from '#shared/calendar.ts';

/** Fields of Xero's answers, read from exact JSON, in which numbers are already decimal strings. */

/** A member that may be missing, null or empty. All three mean that there is no value and become null. */
export function optional<T extends z.ZodType>(schema: T) {
  return z
    .union([z.literal(''), schema])
    .nullish()
    .transform((value): z.output<T> | null => (value === '' || value === undefined ? null : value));
}

/** A list that may be missing, null or empty. */
export function optionalList<T extends z.ZodType>(schema: T) {
  return optional(z.array(schema)).transform((rows) => rows ?? []);
}

/** Xero writes this where there is no id. */
export const zeroId = '00000000-0000-0000-0000-000000000000';

/** Xero writes ids in upper or lower case. We compare them as text, so they are normalised. */
export const idSchema = z
  .guid()
  .refine((id) => id !== zeroId)
  .transform((id) => id.toLowerCase());

export const optionalIdSchema = optional(z.guid()).transform((id) =>
  id === null || id === zeroId ? null : id.toLowerCase(),
);

export const decimalSchema = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .transform((text) => (/^-0+(\.0+)?$/.test(text) ? text.slice(1) : text));

export const optionalDecimalSchema = optional(decimalSchema);

/** Foreign units per unit of the base currency. Zero would cause a division by zero, so it counts as missing. */
export const rateSchema = optionalDecimalSchema.transform((rate) =>
  rate !== null && new Big(rate).gt(0) ? rate : null,
);

export const currencySchema = z.string().regex(/^[A-Z]{3}$/);

export const optionalTextSchema = optional(z.string());

export const optionalFlagSchema = optional(z.boolean());

const microsoftDate = /^\/Date\((-?\d{1,15})([+-]\d{4})?\)\/$/;

/**
 * A date-only field. Xero writes midnight UTC of the calendar day, whatever the organisation's time zone, so the UTC
 * day must not be shifted (source: "Requests and responses" in Xero's developer documentation, which shows
 * `/Date(1439434356790)/`, and the examples in Xero's OpenAPI file).
 */
export const dateSchema = z.string().transform((text, context) => {
  const milliseconds = microsoftDate.exec(text)?.[1];
  const day = milliseconds === undefined ? text.slice(0, 10) : toIso(Number(milliseconds))?.slice(0, 10);
  if (day !== undefined && isCalendarDate(day) && /^([T ][\d:.]+Z?)?$/.test(milliseconds ? '' : text.slice(10)))
    return day;
  context.addIssue({ code: 'custom', message: 'is not a Xero date' });
  return z.NEVER;
});

/**
 * A date that may be missing. Year 1 also means missing: it is the smallest date of .NET, which Xero sends when no date
 * was given. A time zone may have moved it into the year before.
 */
export const optionalDateSchema = optional(dateSchema).transform((date) =>
  date === null || date < '0002' ? null : date,
);

/** A moment, such as UpdatedDateUTC, as an ISO instant. Text without a zone is UTC, as the field's name says. */
export const instantSchema = z.string().transform((text, context) => {
  const milliseconds = microsoftDate.exec(text)?.[1];
  const isPlain = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?$/.test(text);
  const instant = toIso(milliseconds === undefined ? Date.parse(isPlain ? `${text}Z` : text) : Number(milliseconds));
  if (instant !== undefined) return instant;
  context.addIssue({ code: 'custom', message: 'is not a Xero instant' });
  return z.NEVER;
});

/**
 * Reads single members of a row that cannot be parsed as a whole. A member that cannot be parsed either becomes null.
 */
export const glimpsedIdSchema = idSchema.nullable().catch(null);
export const glimpsedInstantSchema = instantSchema.nullable().catch(null);

function toIso(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  const text = Number.isNaN(date.getTime()) ? undefined : date.toISOString();
  // Years of more than four digits begin with a sign and would not sort as text.
  return text?.length === 24 ? text : undefined;
}
