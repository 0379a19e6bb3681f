import { z } from 'zod';
import { type PutKind, putKindSchema } from '#shared/contract/sync/kinds.ts';
import { recordDataSchemas } from '#shared/contract/sync/record-data/data.ts';
import { batchRowSchema, putBatchRoute, putRecordRoute } from '#shared/contract/sync/records.ts';
import { recordWords } from './words.ts';

/*
 * The use case checks a record's data by its kind, so the schemas of these routes leave it open. Here they gain what
 * each kind takes, for the OpenAPI document only.
 */

const description = recordWords.missingMembers;

export const documentedPutRoute = {
  ...putRecordRoute,
  body: putRecordRoute.body.extend({
    data: putRecordRoute.body.shape.data.meta({
      description,
      anyOf: putKindSchema.options.map((kind) => ({ ...toJson(recordDataSchemas[kind]), title: kind })),
    }),
  }),
};

export const documentedBatchRoute = {
  ...putBatchRoute,
  body: putBatchRoute.body.extend({
    records: putBatchRoute.body.shape.records.meta({ items: { anyOf: putKindSchema.options.map(describeRow) } }),
  }),
};

function describeRow(kind: PutKind): object {
  const data = recordDataSchemas[kind].meta({ description });
  return { ...toJson(batchRowSchema.extend({ kind: z.literal(kind), data })), title: kind };
}

function toJson(schema: z.ZodType): object {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input' });
  return json;
}
