import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import { AppError } from '#shared/app-error.ts';
import { toProblem } from '../../words/problems.ts';
import { recordWords } from '../../words/record-words.ts';
import type { Round } from '../round.ts';
import { findBillOf, listSame, listTaken } from './allocations.ts';
import { type FollowActions, type Followed, type Following, type FollowOf, oneByOne } from './following.ts';

/**
 * Applies suppliers' credits to bills. What Xero has already applied to the same bill is not applied again, so that a
 * lost answer does no harm. Each of Xero's allocations counts for one of the record's: the same amount may be applied twice.
 */
export const addAllocations: FollowActions['allocation'] = (round, _kind, several) => {
  const taken = new Set(several.flatMap(({ also }) => listTaken(also)));
  const added = new Map<string, number>();
  return oneByOne(several, (one) => addAllocation(round, one, { taken, added }));
};

/** `taken`: Xero's ids that stand for a part of a record. `added`: how many times the same was added in this turn. */
type Turn = { taken: Set<string>; added: Map<string, number> };

async function addAllocation(
  round: Round,
  { look, follow }: Following<FollowOf<'allocation'>>,
  { taken, added }: Turn,
): Promise<Followed> {
  const { deps, caller } = round.acting;
  const creditNoteId = look.row.xeroId;
  if (creditNoteId === null) throw new AppError('outcome_unknown');
  const invoiceId = await findBill(round, follow);
  const { amount, date } = follow;
  const same = listSame(look, { invoiceId, amount });
  const known = same.find(({ AllocationID }) => !AllocationID || !taken.has(AllocationID.toLowerCase()));
  if (known) return { xeroId: take(known.AllocationID), xeroUrl: null };
  const allocation = { invoiceId, amount, date };
  // Under one key Xero would answer the second of two equal ones with the first.
  // A later version may add again what an earlier one took back.
  const equal = hashParts([caller.organisationId, creditNoteId, allocation, look.version.version]);
  const before = same.length + (added.get(equal) ?? 0);
  const idempotencyKey = before === 0 ? equal : hashParts([equal, before]);
  const made = await deps.xero.createAllocations(caller, { creditNoteId, allocations: [allocation], idempotencyKey });
  added.set(equal, (added.get(equal) ?? 0) + 1);
  return { xeroId: take(made.find((one) => one.invoiceId === invoiceId)?.id), xeroUrl: null };

  function take(id: string | null | undefined): string | null {
    if (!id) return null;
    taken.add(id.toLowerCase());
    return id.toLowerCase();
  }
}

async function findBill(round: Round, { bill, path }: FollowOf<'allocation'>): Promise<string> {
  const { row, invoiceId } = await findBillOf(round, bill);
  if (invoiceId) return invoiceId;
  const message = recordWords.needsRecord(bill.kind, row?.title ?? bill.crmId);
  const problem = toProblem('record_missing', { field: path, message });
  throw new AppError('xero_rejected', { extension: { problem } });
}
