import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { Rules } from '#shared/contract/sync/rules.ts';
import { decideRecord, type RecordVersion } from '../records/decide-record.ts';
import { formatMemory, parseMemory } from '../records/memory.ts';
import { parseRecordDetails } from '../records/record-details.ts';

type Releasing = { version: RecordVersion; rules: Rules; at: string };

/**
 * A record of a run that goes no further, as if nobody had asked for it: what a person had left out is left out again,
 * and the rules decide on the rest. `version`: what the CRM said last. `at`: now, as an instant.
 */
export function releaseRecord(row: RecordRow, { version, rules, at }: Releasing): RecordRow {
  const memory = parseMemory(row.memory);
  const isSent = row.xeroId !== null && row.sentVersion === version.version;
  const details = { ...parseRecordDetails(row.details), excluded: memory.leftOut };
  const known: RecordRow = {
    ...{ ...row, runId: null, state: isSent ? 'synced' : row.state, details: JSON.stringify(details) },
    memory: formatMemory({ ...memory, asked: null, undoneBy: null, leftOut: null }),
  };
  return decideRecord(version, { where: row, known, at, rules });
}
