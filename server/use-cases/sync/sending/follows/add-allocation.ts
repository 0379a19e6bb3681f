import { z } from 'zod';
import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import { AppError } from '#shared/app-error.ts';
import { compareDecimals } from '#shared/money.ts';
import { toProblem } from '../../words/problems.ts';
import { recordWords } from '../../words/record-words.ts';
import { findDocumentId } from '../look/needed-rows.ts';
import type { Round } from '../round.ts';
import { type FollowActions, type Followed, type Following, type FollowOf, oneByOne } from './following.ts';

const allocationsSchema = z.object({
  Allocations: z
    .array(
      z.object({
        AllocationID: z.string().nullish(),
        Amount: z.coerce.string(),
        Invoice: z.object({ InvoiceID: z.string() }),
      }),
    )
    .default([]),
});

/**
 * Applies suppliers' credits to bills. What Xero has already applied to the same bill is not applied again, so that a
 * lost answer does no harm.
 */
export const addAllocations: FollowActions['allocation'] = (round, _kind, several) =>
  oneByOne(several, (one) => addAllocation(round, one));

async function addAllocation(round: Round, { look, follow }: Following<FollowOf<'allocation'>>): Promise<Followed> {
  const { deps, caller } = round.acting;
  const creditNoteId = look.row.xeroId;
  if (creditNoteId === null) throw new AppError('outcome_unknown');
  const { kind, crmId } = follow.bill;
  const row = await deps.store.records.find({ ...caller, kind, key: crmId });
  const invoiceId = row && findDocumentId(row);
  if (!invoiceId) {
    const message = recordWords.needsRecord(kind, row?.title ?? crmId);
    const problem = toProblem('record_missing', { field: follow.path, message });
    throw new AppError('xero_rejected', { extension: { problem } });
  }
  const known = (await readAllocations(creditNoteId)).find(
    (one) => one.Invoice.InvoiceID.toLowerCase() === invoiceId && compareDecimals(one.Amount, follow.amount) === 0,
  );
  if (known) return { xeroId: known.AllocationID?.toLowerCase() ?? null, xeroUrl: null };
  const allocation = { invoiceId, amount: follow.amount, date: follow.date };
  const idempotencyKey = hashParts([caller.organisationId, creditNoteId, allocation]);
  const made = await deps.xero.createAllocations(caller, { creditNoteId, allocations: [allocation], idempotencyKey });
  return { xeroId: made.find((one) => one.invoiceId === invoiceId)?.id ?? null, xeroUrl: null };

  async function readAllocations(id: string) {
    const { twins } = await deps.xero.readRecords(caller, { resource: 'credit_note', ids: [id] });
    return allocationsSchema.parse(twins.get(id)?.row ?? {}).Allocations;
  }
}
