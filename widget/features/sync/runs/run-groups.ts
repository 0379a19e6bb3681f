import type { Run, RunCounts } from '#shared/contract/sync/runs.ts';

/** A dry run is about one kind. Those of one press begin this close to each other, in milliseconds. */
const togetherMs = 5_000;

/** Dry runs of several kinds that were started by one press are shown as one. Every other run stands alone. */
export function groupRuns(runs: readonly Run[]): readonly (readonly [Run, ...Run[]])[] {
  const groups: [Run, ...Run[]][] = [];
  for (const run of runs) {
    const group = groups.at(-1);
    if (group && isTogether(group, run)) group.push(run);
    else groups.push([run]);
  }
  return groups;
}

/** A kind that comes again is another press: its sums would count records twice. */
function isTogether(group: readonly [Run, ...Run[]], run: Run): boolean {
  return group.every(
    ({ type, dryRun, kind, by, startedAt }) =>
      [type, run.type].every((one) => one === 'sync') &&
      dryRun &&
      run.dryRun &&
      kind !== run.kind &&
      by.id === run.by.id &&
      Math.abs(Date.parse(startedAt) - Date.parse(run.startedAt)) <= togetherMs,
  );
}

/** The runs as one: its counts are their sums, and it goes on until the last one has ended. */
export function sumRuns([first, ...more]: readonly [Run, ...Run[]]): Run {
  return more.reduce(addRun, first);
}

function addRun(one: Run, other: Run): Run {
  return {
    ...one,
    kind: one.kind === other.kind ? one.kind : null,
    status: worseStatus(one.status, other.status),
    startedAt: one.startedAt < other.startedAt ? one.startedAt : other.startedAt,
    endedAt: laterEnd(one.endedAt, other.endedAt),
    counts: sumCounts(one.counts, other.counts),
    calls: one.calls + other.calls,
    error: one.error ?? other.error,
  };
}

const statuses: readonly Run['status'][] = ['done', 'cancelled', 'failed', 'queued', 'running'];

function worseStatus(one: Run['status'], other: Run['status']): Run['status'] {
  return statuses.indexOf(one) > statuses.indexOf(other) ? one : other;
}

function laterEnd(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return null;
  return one > other ? one : other;
}

function sumCounts(one: RunCounts, other: RunCounts): RunCounts {
  const sum = { ...one };
  for (const name of Object.keys(one) as (keyof RunCounts)[]) sum[name] += other[name];
  return sum;
}
