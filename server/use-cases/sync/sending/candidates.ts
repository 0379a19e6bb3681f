import type { Deps } from '#server/deps.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import { parseMemory } from '../records/memory.ts';
import { parseVersion } from '../records/store-versions.ts';
import type { Candidate } from './round.ts';

/** The records with what the CRM said of them last. A record whose run is being undone counts as deleted. */
export async function readCandidates(
  { store }: Pick<Deps, 'store'>,
  workspaceId: string,
  rows: readonly RecordRow[],
): Promise<Candidate[]> {
  const data = await store.records.findManyData(workspaceId, rows);
  return rows.flatMap((row): Candidate[] => {
    const stored = data.find(({ kind, crmId }) => kind === row.kind && crmId === row.key);
    if (!stored) return [];
    const memory = parseMemory(row.memory);
    const version = parseVersion(stored);
    return [{ row, memory, version: memory.undoneBy ? { ...version, wanted: 'absent' } : version }];
  });
}
