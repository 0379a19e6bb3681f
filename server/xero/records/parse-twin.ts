import { z } from 'zod';
import { idSchema, instantSchema, optional, optionalTextSchema } from '#server/xero/answers/fields.ts';
import { describeFault } from '#server/xero/answers/read-rows.ts';
import type { XeroResource, XeroTwin } from './records.ts';
import { resources } from './resources.ts';

/** A row of an answer. `fault` names members and what is wrong with them, never a value. */
export type ParsedTwin = { twin: XeroTwin; fault?: undefined } | { twin?: undefined; fault: string };

const rowSchema = z.record(z.string(), z.unknown());
const commonSchema = z.object({
  number: optionalTextSchema,
  name: optionalTextSchema,
  status: optionalTextSchema,
  updatedAt: optional(instantSchema),
});
const schemas = {
  listed: commonSchema.extend({ id: idSchema }),
  document: commonSchema.extend({ id: idSchema, status: z.string().min(1) }),
  taxRate: commonSchema.extend({ id: z.string().min(1) }),
};

/** Reads only what tells which record a row is. The rest stays as Xero sent it. */
export function parseTwin(resource: XeroResource, sent: unknown): ParsedTwin {
  const read = rowSchema.safeParse(sent);
  if (!read.success) return { fault: describeFault(read.error) };
  const row = read.data;
  const { id, number, name, status } = resources[resource];
  const member = (of: string | undefined) => (of === undefined ? null : row[of]);
  const parsed = schemaOf(resource).safeParse({
    ...{ id: row[id], number: member(number), name: member(name), status: member(status) },
    updatedAt: row.UpdatedDateUTC,
  });
  if (!parsed.success) return { fault: describeFault(parsed.error) };
  return { twin: { resource, ...parsed.data, row } };
}

function schemaOf(resource: XeroResource) {
  if (resource === 'tax_rate') return schemas.taxRate;
  return resources[resource].needsStatus ? schemas.document : schemas.listed;
}
