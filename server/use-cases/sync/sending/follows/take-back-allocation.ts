import { AppError } from '#shared/app-error.ts';
import type { Also } from '../../records/record-details.ts';
import type { Round } from '../round.ts';
import { findBillOf, listApplied, listSame, listTaken } from './allocations.ts';
import { type Followed, type Following, type FollowResults, nothingToName, oneByOne } from './following.ts';

export type Leaving = Omit<Following, 'follow'>;

/** Takes back what Xero applied of suppliers' credits and their records no longer name. */
export function takeBackAllocations(round: Round, several: readonly Leaving[]): Promise<FollowResults> {
  return oneByOne(several, (one) => takeBack(round, one));
}

async function takeBack(round: Round, leaving: Leaving): Promise<Followed> {
  const { deps, caller } = round.acting;
  const { look } = leaving;
  const creditNoteId = look.row.xeroId;
  if (creditNoteId === null || !look.twin) throw new AppError('outcome_unknown');
  const id = await findId(round, leaving);
  if (id !== undefined) await deps.xero.deleteAllocation(caller, { creditNoteId, id });
  return nothingToName;
}

/** Undefined: Xero does not have it, or no longer. The answer to its making may have been lost. */
async function findId(round: Round, { look, known, also }: Leaving): Promise<string | undefined> {
  const { xeroId } = known;
  const ids = (applied: ReturnType<typeof listApplied>): string[] =>
    applied.flatMap(({ AllocationID }) => AllocationID?.toLowerCase() ?? []);
  if (xeroId !== null) return ids(listApplied(look)).find((id) => id === xeroId.toLowerCase());
  const { invoiceId } = await findBillOf(round, toBill(known));
  const [amount] = known.content?.split(' ') ?? [];
  if (!invoiceId || !amount) return undefined;
  const taken = listTaken(also);
  return ids(listSame(look, { invoiceId, amount })).find((id) => !taken.includes(id));
}

function toBill({ name }: Also): { kind: string; crmId: string } {
  const [kind = '', ...crmId] = (name ?? '').split('/');
  return { kind, crmId: crmId.join('/') };
}
