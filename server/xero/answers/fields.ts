import Big from 'big.js';
import { z } from 'zod';
import { isCalendarDate } from '#shared/calendar.ts';

/** Fields as they stand in Xero's answers, read from exact JSON: numbers are strings of decimals by then. */

/** A member that may be missing, null or empty: all three say that there is none, which is null here. */
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

/** What Xero writes in the place of an id that there is none of. */
export const zeroId = '00000000-0000-0000-0000-000000000000';

/** Xero writes ids in either case; ours are compared as text. */
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

/** Foreign units for one unit of the base currency: zero would divide by nothing, so it counts as not given. */
export const rateSchema = optionalDecimalSchema.transform((rate) =>
  rate !== null && new Big(rate).gt(0) ? rate : null,
);

export const currencySchema = z.string().regex(/^[A-Z]{3}$/);

export const optionalTextSchema = optional(z.string());

export const optionalFlagSchema = optional(z.boolean());

const microsoftDate = /^\/Date\((-?\d{1,15})([+-]\d{4})?\)\/$/;

/**
 * A date-only field. Xero writes midnight UTC of the calendar day whatever the organisation's time zone is, so the UTC
 * day is the day and must not be shifted (source: "Requests and responses" in Xero's developer documentation, which
 * shows `/Date(1439434356790)/`, and the examples in Xero's OpenAPI file).
 */
export const dateSchema = z.string().transform((text, context) => {
  const milliseconds = microsoftDate.exec(text)?.[1];
  const day = milliseconds === undefined ? text.slice(0, 10) : toIso(Number(milliseconds))?.slice(0, 10);
  if (day !== undefined && isCalendarDate(day) && /^([T ][\d:.]+Z?)?$/.test(milliseconds ? '' : text.slice(10)))
    return day;
  context.addIssue({ code: 'custom', message: 'is not a date of Xero' });
  return z.NEVER;
});

/**
 * A date that may be missing. Year 1 says so too: it is the least date of .NET, which Xero sends where nobody gave one;
 * a time zone can have moved it into the year before.
 */
export const optionalDateSchema = optional(dateSchema).transform((date) =>
  date === null || date < '0002' ? null : date,
);

/** A moment, such as UpdatedDateUTC, as an ISO instant. A text without a zone is UTC, as the field's name says. */
export const instantSchema = z.string().transform((text, context) => {
  const milliseconds = microsoftDate.exec(text)?.[1];
  const isPlain = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?$/.test(text);
  const instant = toIso(milliseconds === undefined ? Date.parse(isPlain ? `${text}Z` : text) : Number(milliseconds));
  if (instant !== undefined) return instant;
  context.addIssue({ code: 'custom', message: 'is not a moment of Xero' });
  return z.NEVER;
});

/** What is read of a row that cannot be read as a whole, each member by itself; null where it cannot be read either. */
export const glimpsedIdSchema = idSchema.nullable().catch(null);
export const glimpsedInstantSchema = instantSchema.nullable().catch(null);

function toIso(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  const text = Number.isNaN(date.getTime()) ? undefined : date.toISOString();
  // Years of more than four digits begin with a sign, and would not sort as text.
  return text?.length === 24 ? text : undefined;
}
