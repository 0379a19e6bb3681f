import { z } from 'zod';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import { compareDecimals } from '#shared/money.ts';
import type { Also } from '../../records/record-details.ts';
import type { Look } from '../look/look.ts';
import { findDocumentId } from '../look/needed-rows.ts';
import type { Round } from '../round.ts';

const allocationSchema = z.object({
  AllocationID: z.string().nullish(),
  Amount: z.coerce.string(),
  Invoice: z.object({ InvoiceID: z.string() }),
});
const allocationsSchema = z.object({ Allocations: z.array(allocationSchema).default([]) });
type XeroAllocation = z.output<typeof allocationSchema>;

/** The CRM's record of a bill, and the bill's id in Xero. */
export async function findBillOf(
  { acting: { deps, caller } }: Round,
  { kind, crmId }: { kind: string; crmId: string },
): Promise<{ row: RecordRow | undefined; invoiceId: string | undefined }> {
  const row = await deps.store.records.find({ ...caller, kind, key: crmId });
  return { row, invoiceId: row && findDocumentId(row) };
}

/** What Xero has applied of the credit, when the record was last read. */
export function listApplied({ twin }: Look): XeroAllocation[] {
  return allocationsSchema.parse(twin?.row ?? {}).Allocations;
}

/** Of them, what was applied to this bill with this amount. */
export function listSame(look: Look, { invoiceId, amount }: { invoiceId: string; amount: string }): XeroAllocation[] {
  return listApplied(look).filter(
    ({ Amount, Invoice }) => Invoice.InvoiceID.toLowerCase() === invoiceId && compareDecimals(Amount, amount) === 0,
  );
}

/** Xero's allocations that are known to stand for a part of the record. */
export function listTaken(also: readonly Also[]): string[] {
  return also.flatMap(({ what, xeroId }) => (what === 'allocation' && xeroId !== null ? [xeroId.toLowerCase()] : []));
}
