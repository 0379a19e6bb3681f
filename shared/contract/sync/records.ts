import { z } from 'zod';
import type { Route } from '#shared/contract/route.ts';
import { problemSchema } from '#shared/problem.ts';
import { recordKindSchema } from './kinds.ts';
import { numberInQuery, pageQuery, severalOf } from './queries.ts';
import { recordHistorySchema, recordSchema, recordStateSchema, recordSummarySchema, stopCodeSchema } from './record.ts';
import { crmIdSchema, heldBySchema, trimmedText } from './values.ts';

/** Raised by the CRM with each change, deletions included; milliseconds of the last change will do. */
export const versionSchema = z.int().min(0);

/** What a record says is checked by its kind (`recordDataSchemas`). */
const dataSchema = z.record(z.string(), z.unknown());

const megabyte = 1024 * 1024;

const recordParams = z.object({ kind: recordKindSchema, crmId: crmIdSchema });

const xeroName = /^xero:([\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12})$/i;

/** The id in Xero, where the name is `xero:` and such an id; undefined for an id of the CRM. */
export function parseXeroName(name: string): string | undefined {
  return xeroName.exec(name)?.[1]?.toLowerCase();
}

/** A record by its id in the CRM, or by `xero:` and its id in Xero. */
export const anyRecordParams = z.object({
  kind: recordKindSchema,
  crmId: z.union([crmIdSchema, z.string().regex(xeroName)]),
});

export const putRecordRoute = {
  method: 'PUT',
  path: '/api/records/:kind/:crmId',
  summary: 'Hands a record over, or a newer version of it',
  params: recordParams,
  body: z.strictObject({ version: versionSchema, data: dataSchema }),
  /** A receipt of 10 MB as base64, and the rest of an expense. */
  bodyLimit: 15 * megabyte,
  status: 202,
  response: z.object({ record: recordSchema }),
} as const satisfies Route;

export const mostBatchRows = 500;

/** One row of a batch. What is wrong with it is told in its own result, so that it harms no other. */
export const batchRowSchema = z.strictObject({
  kind: recordKindSchema,
  crmId: crmIdSchema,
  version: versionSchema,
  data: dataSchema,
});

export const putBatchRoute = {
  method: 'POST',
  path: '/api/records/batch',
  summary: 'Hands over up to 500 records; the results are in the order of the records',
  body: z.strictObject({ records: z.array(z.unknown()).max(mostBatchRows) }),
  /** 5 MB without the receipts, which count apart. */
  bodyLimit: 15 * megabyte,
  status: 200,
  response: z.object({
    results: z.array(
      z.object({
        kind: z.string().nullable(),
        crmId: z.string().nullable(),
        /** What the PUT alone would have answered. */
        status: z.int(),
        record: recordSummarySchema.nullable(),
        problem: problemSchema.nullable(),
      }),
    ),
  }),
} as const satisfies Route;
export type BatchAnswer = z.output<typeof putBatchRoute.response>;

export const deleteRecordRoute = {
  method: 'DELETE',
  path: '/api/records/:kind/:crmId',
  summary: 'Says that the record is gone in the CRM',
  params: recordParams,
  querystring: z.strictObject({ version: numberInQuery.pipe(versionSchema) }),
  status: 202,
  response: z.object({ record: recordSchema }),
} as const satisfies Route;

export const getRecordRoute = {
  method: 'GET',
  path: '/api/records/:kind/:crmId',
  summary: 'A record with its history',
  params: anyRecordParams,
  status: 200,
  response: z.object({ record: recordSchema, history: recordHistorySchema }),
} as const satisfies Route;

const listQuery = {
  kind: severalOf(recordKindSchema),
  state: severalOf(recordStateSchema),
  code: severalOf(stopCodeSchema),
  search: trimmedText(200).optional(),
  heldBy: heldBySchema.optional(),
  ...pageQuery,
};
const listAnswer = z.object({
  records: z.array(recordSummarySchema),
  cursor: z.string().nullable(),
  hasMore: z.boolean(),
  total: z.int(),
});

export const listRecordsRoute = {
  method: 'GET',
  path: '/api/records',
  summary: 'Records of all kinds, the newest change of state first',
  querystring: z.strictObject(listQuery),
  status: 200,
  response: listAnswer,
} as const satisfies Route;

export const listKindRoute = {
  method: 'GET',
  path: '/api/records/:kind',
  summary: 'Records of one kind, the newest change of state first',
  params: z.object({ kind: recordKindSchema }),
  querystring: z.strictObject(listQuery),
  status: 200,
  response: listAnswer,
} as const satisfies Route;
export type RecordList = z.output<typeof listAnswer>;
export type RecordFilter = Omit<z.output<typeof listRecordsRoute.querystring>, 'cursor'>;
