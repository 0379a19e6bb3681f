import type { Clock } from '#server/clock.ts';
import type { Repositories } from '#server/store/store.ts';

type LagDeps = {
  store: { records: Pick<Repositories['records'], 'listDue' | 'nextDue'> };
  clock: Pick<Clock, 'now'>;
};

/** How long the record that has waited longest has been due; 0 when none is due. */
export async function readLagSeconds({ store: { records }, clock }: LagDeps): Promise<number> {
  const nowMs = clock.now().getTime();
  // Places come with the longest due first.
  const [place] = await records.listDue(new Date(nowMs).toISOString(), 1);
  const due = place && (await records.nextDue(place));
  return due ? Math.max(0, nowMs - Date.parse(due)) / 1000 : 0;
}
