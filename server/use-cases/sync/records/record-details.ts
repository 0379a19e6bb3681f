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

/** What the store keeps of a record's state as JSON, beside the columns that lists filter by. */
const detailsSchema = z.object({
  ...{ reason, problem, question, excluded, also, notes },
  ...{ xeroKind, xeroNumber, xeroStatus, xeroUrl, syncedAt, syncedBy },
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
