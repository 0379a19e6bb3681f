import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { RecordSummary } from '#shared/contract/sync/record.ts';
import type { Follow, SyncKind } from '../../kinds/kind.ts';
import type { Look } from '../look/look.ts';
import type { Round } from '../round.ts';

/** One thing that follows a record, and the record. */
export type Following<F extends Follow = Follow> = { round: Round; kind: SyncKind<PutKind>; look: Look; follow: F };

/** What stands in Xero afterwards. */
export type Followed = Pick<RecordSummary['also'][number], 'xeroId' | 'xeroUrl'>;

/** Each rejects with an AppError. `details.extension.problem` is the problem to show, unless Xero refused it. */
export type FollowActions = {
  [What in Follow['what']]: (following: Following<Extract<Follow, { what: What }>>) => Promise<Followed>;
};

export const nothingToName: Followed = { xeroId: null, xeroUrl: null };
