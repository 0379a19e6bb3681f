import type { Run, RunCounts } from '#shared/contract/sync/runs.ts';
import { outcomeWords, resetWords, runWords } from '../words.ts';

const outcomes = [
  'make',
  'change',
  'adopt',
  'remove',
  'same',
  'ask',
  'refuse',
] as const satisfies readonly (keyof RunCounts)[];

/** `312 added, 9 to answer, 4 refused`, or for a dry run `312 to add, …`. */
export function describeCounts(
  { type, counts, dryRun }: Pick<Run, 'type' | 'counts' | 'dryRun'>,
  write: (count: number) => string,
): string {
  if (type === 'reset' && counts.same > 0) return resetWords.counted(write(counts.same), dryRun);
  const parts = outcomes.flatMap((outcome) => {
    const count = counts[outcome];
    return count === 0 ? [] : [`${write(count)} ${outcomeWords[outcome][dryRun ? 'plan' : 'done']}`];
  });
  return parts.length === 0 ? runWords.nothing : parts.join(', ');
}

/** How long it took; null while it goes on. */
export function describeLength({ startedAt, endedAt }: Pick<Run, 'startedAt' | 'endedAt'>): string | null {
  if (endedAt === null) return null;
  const seconds = Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000));
  if (seconds < 60) return runWords.seconds(seconds);
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? runWords.minutes(minutes) : runWords.hours(Math.floor(minutes / 60), minutes % 60);
}

const undoable: readonly string[] = ['sync', 'actions', 'automatic'];

/** Whether the run made something that can be undone. */
export function isUndoable({ type, dryRun, status, undo }: Pick<Run, 'type' | 'dryRun' | 'status' | 'undo'>): boolean {
  const hasEnded = status !== 'queued' && status !== 'running';
  return hasEnded && !dryRun && undoable.includes(type) && undo.possible > 0;
}
