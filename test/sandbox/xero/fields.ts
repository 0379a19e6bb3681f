import { z } from 'zod';

const fieldsSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Query or form fields as plain text; of a repeated one the values joined by commas. */
export const toFields = (given: unknown): Record<string, string> => {
  const parsed = fieldsSchema.safeParse(given ?? {});
  if (!parsed.success) return {};
  return Object.fromEntries(Object.entries(parsed.data).map(([name, value]) => [name, [value].flat().join(',')]));
};

/** The same with every name in lower case: Xero does not care how a parameter's name is written. */
export const toLowerFields = (given: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(toFields(given)).map(([name, value]) => [name.toLowerCase(), value]));
