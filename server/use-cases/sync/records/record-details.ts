import { z } from 'zod';
import { recordSummarySchema } from '#shared/contract/sync/record.ts';

const {
  reason,
  problem,
  question,
  excluded,
  also,
  notes,
  xeroKind,
  xeroNumber,
  xeroStatus,
  xeroUrl,
  syncedAt,
  syncedBy,
} = recordSummarySchema.shape;

/**
 * What else stands in Xero for a record. `content`: what the record said of it when that was sent. `isLeaving`: the record
 * no longer names it, and it has to be taken out of Xero.
 */
const alsoSchema = also.element.extend({ content: z.string().optional(), isLeaving: z.literal(true).optional() });
export type Also = z.infer<typeof alsoSchema>;

/** What the store keeps of a record's state as JSON, beside the columns that lists filter by. */
const detailsSchema = z.object({
  ...{ reason, problem, question, excluded, notes },
  ...{ xeroKind, xeroNumber, xeroStatus, xeroUrl, syncedAt, syncedBy },
  also: z.array(alsoSchema),
});
export type RecordDetails = z.infer<typeof detailsSchema>;

/** A record of which nothing is known in Xero. */
export const noDetails: RecordDetails = {
  ...{ reason: null, problem: null, question: null, excluded: null, also: [], notes: [] },
  ...{ xeroKind: null, xeroNumber: null, xeroStatus: null, xeroUrl: null, syncedAt: null, syncedBy: null },
};

export function parseRecordDetails(details: string): RecordDetails {
  return detailsSchema.parse(JSON.parse(details));
}
