import type { SyncOverview } from '#shared/contract/sync/overview.ts';

export type Counts = SyncOverview['kinds'][number]['counts'];

/** Records that wait for a person. */
export function toDoIn({ problem, question, changed }: Counts): number {
  return problem + question + changed;
}

/** Records in any state. */
export function countRecords(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
