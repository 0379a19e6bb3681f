import { z } from 'zod';
import { createdDocumentSchema, documentKindSchema, documentSchema } from './document.ts';
import type { Route } from './route.ts';
import { decimalSchema } from './summary.ts';

/**
 * A document somebody saved and of which it is not known yet whether it stands in Xero. `pending`: nobody has looked
 * since; `undecided`: several documents in Xero could be it, a person has to say which. A failed save whose outcome is
 * unknown names its write too: the problem document then has `write {id, kind, state}`.
 */
export const unfinishedWriteSchema = z.object({
  id: z.guid(),
  kind: documentKindSchema,
  /** The form's Idempotency-Key; null where somebody else saved it. */
  idempotencyKey: z.string().nullable(),
  state: z.enum(['pending', 'undecided']),
  createdAt: z.iso.datetime(),
  summary: z.object({ total: decimalSchema.nullable(), currency: z.string(), number: z.string().nullable() }),
  /** Only when undecided: what could be it. */
  candidates: z.array(documentSchema).optional(),
});
export type UnfinishedWrite = z.infer<typeof unfinishedWriteSchema>;

/**
 * `retry` finds out whether the document stands in Xero and sends it where it does not, exactly as it was saved.
 * `adopt` says that `documentId`, one of the candidates, is it. `discard` gives the write up: what already stands in
 * Xero is answered all the same, for it would be there unseen.
 */
export const resolveWriteRoute = {
  method: 'POST',
  path: '/api/writes/:id/resolve',
  summary: 'Settle a write whose outcome is unknown',
  params: z.object({ id: z.guid() }),
  body: z.discriminatedUnion('action', [
    z.object({ action: z.literal('retry') }),
    z.object({ action: z.literal('adopt'), documentId: z.guid() }),
    z.object({ action: z.literal('discard') }),
  ]),
  status: 200,
  /** null after `discard` where nothing stands in Xero. */
  response: z.object({ created: createdDocumentSchema.nullable() }),
} as const satisfies Route;
