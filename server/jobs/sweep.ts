import type { Clock } from '#server/clock.ts';
import type { Job } from '#server/schedule.ts';
import type { Repositories } from '#server/store/store.ts';
import type { Jobs } from './jobs.ts';

/** More than this at once would hold up the sweep; the next one finds the others, the longest due first. */
const placesPerSweep = 1_000;

type SweepDeps = { store: { records: Pick<Repositories['records'], 'listDue'> }; clock: Pick<Clock, 'now'> };

/** Wakes every place that has due rows. It makes up for wake-ups that were lost, also by a process that died. */
export function buildSweep({ store, clock, jobs }: SweepDeps & { jobs: Pick<Jobs, 'wake'> }): Job {
  return {
    name: 'sweep',
    everyMs: 60_000,
    isDueAtStart: true,
    work: async () => {
      const due = await store.records.listDue(clock.now().toISOString(), placesPerSweep);
      for (const place of due) jobs.wake(place);
    },
  };
}
