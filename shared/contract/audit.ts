import { z } from 'zod';
import { documentKindSchema } from './document.ts';
import { anyRecordTypeSchema } from './record.ts';
import type { Route } from './route.ts';
import { linkSchema, textSchema } from './text.ts';

/** One value that was changed, before and after. Null: it did not exist. */
export const auditChangeSchema = z.object({
  name: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type AuditChange = z.infer<typeof auditChangeSchema>;

/** One act in the audit, with names as they were then. */
export const auditEntrySchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  user: z.object({ id: z.string(), name: z.string() }),
  /** A key of `auditActionWords`. */
  action: z.string(),
  /** How it ended: a word of ours or an error code. */
  outcome: z.string(),
  record: z.object({ type: anyRecordTypeSchema, id: z.string(), name: z.string().nullable() }).nullable(),
  contact: z.object({ id: z.string().nullable(), name: z.string().nullable(), url: linkSchema.nullable() }).nullable(),
  document: z
    .object({
      kind: documentKindSchema.nullable(),
      id: z.string(),
      number: z.string().nullable(),
      /** Opens the document in Xero; null while another organisation is connected. */
      url: linkSchema.nullable(),
    })
    .nullable(),
  fileName: z.string().nullable(),
  changes: z.array(auditChangeSchema),
  /** Null when no request caused it. */
  requestId: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditEntriesPerPage = 50;

const filterSchema = z.object({
  userId: textSchema(200).min(1).optional(),
  action: z
    .string()
    .regex(/^[a-z_]{1,60}$/)
    .optional(),
});

export const listAuditRoute = {
  method: 'GET',
  path: '/api/audit',
  summary: 'The audit, newest first, 50 entries a page; for CRM admins in the settings view',
  querystring: filterSchema.extend({
    /** The `next` of the page before. */
    before: textSchema(100).min(1).optional(),
  }),
  status: 200,
  response: z.object({
    entries: z.array(auditEntrySchema),
    /** Null on the last page. */
    next: z.string().nullable(),
    /** Everybody in the audit. */
    users: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
} as const satisfies Route;
export type AuditList = z.infer<(typeof listAuditRoute)['response']>;

export const exportAuditRoute = {
  method: 'GET',
  path: '/api/audit.csv',
  summary: 'The whole audit as CSV (RFC 4180, UTF-8 with a byte order mark), newest first',
  querystring: filterSchema,
  status: 200,
  response: z.unknown(),
} as const satisfies Route;
