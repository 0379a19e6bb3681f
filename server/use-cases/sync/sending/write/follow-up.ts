import { AppError } from '#shared/app-error.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { Follow, SyncKind } from '../../kinds/kind.ts';
import { parseRecordDetails } from '../../records/record-details.ts';
import { addAllocation } from '../follows/add-allocation.ts';
import { addBill } from '../follows/add-bill.ts';
import { attachReceipt } from '../follows/attach-receipt.ts';
import { type FollowActions, type Followed, type Following, nothingToName } from '../follows/following.ts';
import { joinGroup, joinGroups } from '../follows/join-group.ts';
import { toHold } from '../hold-reasons.ts';
import { type Look, lookAt } from '../look/look.ts';
import { toRefusal } from '../refusals.ts';
import type { Candidate, Round } from '../round.ts';
import { concernsAll } from '../to-finding.ts';
import { type Also, mergeAlso } from './also.ts';
import type { Ended } from './carry-out.ts';

/** How long something that follows waits when its answer was lost. */
const waitMs = 60_000;

const followActions: FollowActions = {
  attachment: attachReceipt,
  bill: addBill,
  allocation: addAllocation,
  group: joinGroup,
};

/**
 * Does what follows records that are in Xero: a receipt, a group, an order's bill, an allocation. A failure holds up that
 * one thing, never the record.
 */
export async function followUp(
  round: Round,
  kind: SyncKind<PutKind>,
  candidates: readonly Candidate[],
): Promise<{ ended: Ended[]; failure: AppError | undefined }> {
  const ended: Ended[] = [];
  let failure: AppError | undefined;
  const looks = candidates.length === 0 ? [] : await lookAt(round, kind, candidates);
  const merged = looks.map((look) => ({
    look,
    also: mergeAlso(parseRecordDetails(look.row.details).also, look.follows),
  }));
  const joined = await joinGroups(round, merged.flatMap(listJoining));
  for (const { look, also } of merged) {
    for (const [index, follow] of look.follows.entries()) {
      const known = also[index];
      if (!known || known.state === 'done') continue;
      if (follow.what === 'group' && joined.has(look.row.key)) {
        also[index] = toDone(known, nothingToName);
        continue;
      }
      if (failure) continue;
      const { next, stops } = await followOne({ round, kind, look, follow }, known);
      also[index] = next;
      failure = stops;
    }
    const { version, memory } = look;
    const isOpen = also.some(({ state }) => state === 'waiting');
    const afterMs = failure ? (toHold(failure)?.afterMs ?? waitMs) : isOpen ? waitMs : null;
    ended.push({
      planned: look,
      finding: { version: version.version, memory, outcome: { type: 'followed', also, afterMs } },
    });
  }
  return { ended, failure };
}

/** The groups that the record still has to join. */
function listJoining({ look, also }: { look: Look; also: readonly Also[] }) {
  return look.follows.flatMap((follow, index) =>
    follow.what === 'group' && also[index]?.state !== 'done' ? [{ look, group: follow.group }] : [],
  );
}

function toDone(known: Also, followed: Followed): Also {
  return { ...known, ...followed, state: 'done', problem: null };
}

async function followOne(following: Following, known: Also): Promise<{ next: Also; stops: AppError | undefined }> {
  try {
    const done = await doFollow(following);
    return { next: toDone(known, done), stops: undefined };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (concernsAll(error)) return { next: known, stops: error };
    if (error.code === 'outcome_unknown') return { next: known, stops: undefined };
    const problem = error.details.extension?.problem ?? toRefusal(error);
    return { next: { ...known, state: 'problem', problem: problem as Also['problem'] }, stops: undefined };
  }
}

function doFollow<F extends Follow>(following: Following<F>): Promise<Followed> {
  // The table pairs each kind of follow-up with the function for it.
  const run = followActions[following.follow.what] as (one: Following<F>) => Promise<Followed>;
  return run(following);
}
