import { z } from 'zod';

const fieldsSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Query or form fields as text. A repeated field's values are joined by commas. */
export function toFields(given: unknown): Record<string, string> {
  const parsed = fieldsSchema.safeParse(given ?? {});
  if (!parsed.success) return {};
  return Object.fromEntries(Object.entries(parsed.data).map(([name, value]) => [name, [value].flat().join(',')]));
}

/** The same with names in lower case, because Xero ignores the case of parameter names. */
export function toLowerFields(given: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(toFields(given)).map(([name, value]) => [name.toLowerCase(), value]));
}
