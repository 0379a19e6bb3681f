import { AppError } from '#shared/app-error.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { Follow, SyncKind } from '../../kinds/kind.ts';
import { type Also, parseRecordDetails } from '../../records/record-details.ts';
import { addAllocations } from '../follows/add-allocation.ts';
import { addBills } from '../follows/add-bill.ts';
import { attachReceipts } from '../follows/attach-receipt.ts';
import type { FollowActions, Followed, Following, FollowOf, FollowResults } from '../follows/following.ts';
import { joinGroups } from '../follows/join-group.ts';
import { type Leaving, takeBackAllocations } from '../follows/take-back-allocation.ts';
import { toHold } from '../hold-reasons.ts';
import { type Look, lookAt } from '../look/look.ts';
import { toRefusal } from '../refusals.ts';
import type { Candidate, Round } from '../round.ts';
import { concernsAll } from '../to-finding.ts';
import { contentOf, mergeAlso } from './also.ts';
import type { Ended } from './carry-out.ts';

/** How long something that follows waits when its answer was lost. */
const waitMs = 60_000;

const followActions: FollowActions = {
  ...{ attachment: attachReceipts, bill: addBills, allocation: addAllocations, group: joinGroups },
};
const sorts = ['attachment', 'bill', 'allocation', 'group'] as const satisfies readonly Follow['what'][];

/**
 * Does what follows records that are in Xero: a receipt, a group, an order's bill, an allocation. A failure holds up that
 * one thing, never the record.
 */
export async function followUp(
  round: Round,
  kind: SyncKind<PutKind>,
  candidates: readonly Candidate[],
): Promise<{ ended: Ended[]; failure: AppError | undefined }> {
  const looks = candidates.length === 0 ? [] : await lookAt(round, kind, candidates);
  const known = looks.map((look) => ({
    look,
    also: mergeAlso(parseRecordDetails(look.row.details).also, look.follows),
  }));
  const open = known.flatMap(listOpen);
  const results = new Map<string, Followed | AppError>();
  let failure: AppError | undefined;
  const note = (more: FollowResults): void => {
    for (const [id, result] of more) {
      results.set(id, result);
      if (result instanceof AppError && concernsAll(result)) failure = result;
    }
  };
  note(await takeBackAllocations(round, known.flatMap(listLeaving)));
  for (const what of sorts) {
    if (failure) break;
    note(await act(round, kind, { what, open }));
  }
  return { ended: known.map((one) => toEnded(one, results, failure)), failure };
}

type Known = { look: Look; also: readonly Also[] };

/** Nothing more is applied of a credit until the next look shows what was taken back. */
function listOpen(one: Known): Following[] {
  const { look, also } = one;
  const isLeaving = listLeaving(one).length > 0;
  return look.follows.flatMap((follow, index) => {
    const known = also[index];
    if (!known || known.state === 'done' || (isLeaving && follow.what === 'allocation')) return [];
    return [{ id: toId(look, index), look, follow, known, also }];
  });
}

function listLeaving({ look, also }: Known): Leaving[] {
  return also.flatMap((known, index) => (known.isLeaving ? [{ id: toId(look, index), look, known, also }] : []));
}

function toId({ row }: Look, index: number): string {
  return `${row.key} ${index}`;
}

function act<What extends Follow['what']>(
  round: Round,
  kind: SyncKind<PutKind>,
  { what, open }: { what: What; open: readonly Following[] },
): Promise<FollowResults> {
  const isIt = (one: Following): one is Following<FollowOf<What>> => one.follow.what === what;
  const several = open.filter(isIt);
  return several.length === 0 ? Promise.resolve(new Map()) : followActions[what](round, kind, several);
}

function toEnded({ look, also: before }: Known, results: FollowResults, failure: AppError | undefined): Ended {
  const { version, memory } = look;
  const also = before.flatMap((one, index) => toAlso(one, results.get(toId(look, index)), look.follows[index]) ?? []);
  const isOpen = also.some(({ state }) => state === 'waiting');
  const openMs = also.length < before.length ? 0 : waitMs;
  const afterMs = isOpen ? ((failure && toHold(failure)?.afterMs) ?? openMs) : null;
  return {
    planned: look,
    finding: { version: version.version, memory, outcome: { type: 'followed', also, afterMs } },
  };
}

/** What was not tried, or has no certain end, stands as it did. Undefined: it was taken back. */
function toAlso(known: Also, result: Followed | AppError | undefined, follow: Follow | undefined): Also | undefined {
  if (result === undefined) return known;
  // Without an answer, Xero may have it all the same.
  const tried = { ...known, ...(follow && { content: contentOf(follow) }) };
  if (!(result instanceof AppError)) {
    return known.isLeaving ? undefined : { ...tried, ...result, state: 'done', problem: null };
  }
  if (isUnsure(result)) return tried;
  if (concernsAll(result)) return known;
  const problem = result.details.extension?.problem ?? toRefusal(result);
  return { ...known, state: 'problem', problem: problem as Also['problem'] };
}

function isUnsure(error: AppError): boolean {
  const code = toHold(error)?.reason.code;
  return code === 'outcome_unknown' || code === 'xero_failing';
}
