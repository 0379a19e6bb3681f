import { randomUUID } from 'node:crypto';
import type { Deps } from '#server/deps.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import type { Saved } from '../sending/save-findings.ts';
import { recordWords } from '../words/record-words.ts';
import { sumCounts } from './run-rows.ts';

/** Only a pass with one of these outcomes is listed as a run. A problem that is tried again is not. */
const sent: readonly string[] = ['make', 'change', 'adopt', 'remove'];

type Pass = { startedAt: string; saved: readonly Saved[]; calls: number };

/** Lists what was sent automatically as a run of its own. The history of each record says it too. */
export async function keepAutomaticRun(
  { store, clock }: Deps,
  where: SyncPlace,
  { startedAt, saved, calls }: Pass,
): Promise<void> {
  const rows = saved.flatMap(({ runId, row }) => (runId === null && row ? [row] : []));
  if (!rows.some(({ outcome, isDone }) => isDone && sent.includes(outcome))) return;
  const kinds = new Set(rows.map(({ kind }) => kind));
  const [only] = kinds;
  const id = `r_${randomUUID()}`;
  const counted = rows.map(({ outcome, isDone }) => ({ outcome, isDone, count: 1 }));
  await store.together(async (parts) => {
    await parts.runs.create({
      ...{ id, ...where, type: 'automatic', dryRun: false, kind: kinds.size === 1 && only ? only : null },
      ...{ status: 'done', startedAt, endedAt: clock.now().toISOString(), calls, error: null },
      by: JSON.stringify({ id: where.workspaceId, name: recordWords.automatic }),
      request: '{}',
      counts: JSON.stringify(sumCounts(rows.length, counted)),
    });
    for (let from = 0; from < rows.length; from += 500) await parts.runs.putRows(id, rows.slice(from, from + 500));
  });
}
