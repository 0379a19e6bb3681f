import { z } from 'zod';
import { decimalSchema, idSchema, optionalDateSchema, optionalIdSchema } from '#server/xero/answers/fields.ts';
import { readAnswer } from '#server/xero/answers/read-answer.ts';
import { formatExactJson } from '#server/xero/bytes/exact-json.ts';
import * as endpoints from '#server/xero/endpoints/credits.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Asking } from '#server/xero/xero-deps.ts';
import { AppError } from '#shared/app-error.ts';
import { askForRecords } from './call-errors.ts';
import type { NewAllocation, XeroAllocation } from './records.ts';

const allocationsSchema = z.object({
  Allocations: z.array(
    z.object({
      AllocationID: optionalIdSchema,
      Invoice: z.object({ InvoiceID: idSchema }),
      Amount: decimalSchema,
      Date: optionalDateSchema,
    }),
  ),
});

type Credit = { creditNoteId: string; allocations: readonly NewAllocation[]; idempotencyKey: string };

/** Xero applies all of them or refuses the call. */
export async function createAllocations(
  asking: Asking,
  caller: XeroCaller,
  { creditNoteId, allocations, idempotencyKey }: Credit,
): Promise<XeroAllocation[]> {
  const json = formatExactJson({ Allocations: allocations.map(toElement) });
  const question = endpoints.putAllocations({ id: creditNoteId, json, idempotencyKey });
  const answer = await askForRecords(asking, caller, question, allocations.length);
  return readAnswer(answer, allocationsSchema).Allocations.map((row) => ({
    id: row.AllocationID,
    invoiceId: row.Invoice.InvoiceID,
    amount: row.Amount,
    date: row.Date,
  }));
}

function toElement({ invoiceId, amount, date }: NewAllocation) {
  return { Invoice: { InvoiceID: invoiceId }, Amount: { exactDecimal: amount }, Date: date };
}

export async function deleteAllocation(
  { ask }: Asking,
  caller: XeroCaller,
  { creditNoteId, id }: { creditNoteId: string; id: string },
): Promise<void> {
  try {
    await ask(caller, endpoints.deleteAllocation({ id: creditNoteId, allocationId: id }));
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'xero_not_found')) throw error;
  }
}
