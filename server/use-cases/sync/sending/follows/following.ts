import { AppError } from '#shared/app-error.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { RecordSummary } from '#shared/contract/sync/record.ts';
import type { Follow, SyncKind } from '../../kinds/kind.ts';
import type { Also } from '../../records/record-details.ts';
import type { Look } from '../look/look.ts';
import type { Round } from '../round.ts';
import { concernsAll } from '../to-finding.ts';

/**
 * One thing that follows a record, and the record. `id`: what it is known by among others. `known`: what earlier looks
 * know of it. `also`: of everything that stands in Xero for the record.
 */
export type Following<F extends Follow = Follow> = {
  id: string;
  look: Look;
  follow: F;
  known: Also;
  also: readonly Also[];
};

export type FollowOf<What extends Follow['what']> = Extract<Follow, { what: What }>;

/** What stands in Xero afterwards. */
export type Followed = Pick<RecordSummary['also'][number], 'xeroId' | 'xeroUrl'>;

/** By id. An error's `details.extension.problem` is the problem to show, unless Xero refused it. */
export type FollowResults = ReadonlyMap<string, Followed | AppError>;

/** Each does several things of its sort, with as few calls as it can. What has no result was not tried. */
export type FollowActions = {
  [What in Follow['what']]: (
    round: Round,
    kind: SyncKind<PutKind>,
    several: readonly Following<FollowOf<What>>[],
  ) => Promise<FollowResults>;
};

export const nothingToName: Followed = { xeroId: null, xeroUrl: null };

/** Does one after the other, until a failure concerns the whole organisation. `act` rejects with an AppError. */
export async function oneByOne<One extends { id: string }>(
  several: readonly One[],
  act: (one: One) => Promise<Followed>,
): Promise<FollowResults> {
  const results = new Map<string, Followed | AppError>();
  for (const one of several) {
    try {
      results.set(one.id, await act(one));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      results.set(one.id, error);
      if (concernsAll(error)) break;
    }
  }
  return results;
}
