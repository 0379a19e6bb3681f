import { z } from 'zod';
import { createdDocumentSchema, documentKindSchema, documentSchema } from './document.ts';
import type { Route } from './route.ts';
import { decimalSchema } from './summary.ts';

/**
 * A document that somebody saved and that may or may not be in Xero. `pending`: not checked since. `undecided`: several
 * documents in Xero could be it, and a person must choose. A failed save with unknown outcome names its write too: its
 * problem document has `write {id, kind, state}`.
 */
export const unfinishedWriteSchema = z.object({
  id: z.guid(),
  kind: documentKindSchema,
  /** The form's Idempotency-Key; null when somebody else saved it. */
  idempotencyKey: z.string().nullable(),
  state: z.enum(['pending', 'undecided']),
  createdAt: z.iso.datetime(),
  summary: z.object({ total: decimalSchema.nullable(), currency: z.string(), number: z.string().nullable() }),
  /** The documents that could be it; only when undecided. */
  candidates: z.array(documentSchema).optional(),
});
export type UnfinishedWrite = z.infer<typeof unfinishedWriteSchema>;

/**
 * `retry` finds out whether the document is in Xero, and if not sends it exactly as it was saved. `adopt` says that
 * `documentId`, one of the candidates, is the document. `discard` gives the write up. If the document is in Xero, it is
 * returned all the same, because otherwise nobody would notice it there.
 */
export const resolveWriteRoute = {
  method: 'POST',
  path: '/api/writes/:id/resolve',
  summary: 'Resolve a write whose outcome is unknown',
  params: z.object({ id: z.guid() }),
  body: z.discriminatedUnion('action', [
    z.object({ action: z.literal('retry') }),
    z.object({ action: z.literal('adopt'), documentId: z.guid() }),
    z.object({ action: z.literal('discard') }),
  ]),
  status: 200,
  /** Null after `discard` when nothing is in Xero. */
  response: z.object({ created: createdDocumentSchema.nullable() }),
} as const satisfies Route;
