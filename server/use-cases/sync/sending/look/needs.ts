import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import { recordStateSchema } from '#shared/contract/sync/record.ts';
import type { Need } from '../../kinds/kind.ts';
import type { Memory } from '../../records/memory.ts';
import { problemWords } from '../../words/problem-words.ts';
import { toProblem } from '../../words/problems.ts';
import { toWaitForRecord } from '../../words/waits.ts';
import { toName } from '../save-findings.ts';
import type { Plan } from './plan.ts';

const minute = 60 * 1000;
/** A record may be named before the CRM puts it. After this long it is missing. */
const missingMs = 15 * minute;

type Judging = {
  rows: ReadonlyMap<string, RecordRow>;
  memory: Memory;
  now: Date;
  /** A dry run takes records that are on their way as there. What waits for a person is not sent before. */
  isDry: boolean;
};

/** Why a record has to wait for another one; undefined when all that it needs is in Xero. */
export function findUnmet(needs: readonly Need[], judging: Judging): { plan: Plan; memory: Memory } | undefined {
  for (const need of needs) {
    const row = judging.rows.get(toName({ kind: need.kind, key: need.crmId }));
    if (row === undefined && need.ifPut) continue;
    if (row === undefined) return waitOrMiss(need, judging);
    if (row.xeroId !== null && row.code !== 'gone_in_xero') continue;
    if (judging.isDry && row.wanted === 'present' && row.state === 'waiting') continue;
    return { plan: waitFor(need, row), memory: judging.memory };
  }
  return undefined;
}

function waitFor({ kind, crmId }: Need, row: RecordRow | undefined): Plan {
  const state = row === undefined ? null : recordStateSchema.parse(row.state);
  const reason = toWaitForRecord({ kind, crmId, state }, row?.title ?? crmId);
  const blockedOn = toHold({ kind, crmId });
  return { outcome: 'wait', reason, blockedOn, afterMs: row === undefined ? 5 * minute : 6 * 60 * minute };
}

/** What a record is held up by that waits for another one. It is looked at again as soon as that one moves. */
function toHold({ kind, crmId }: Pick<Need, 'kind' | 'crmId'>): string {
  return `record:${toName({ kind, key: crmId })}`;
}

function waitOrMiss(need: Need, { memory, now }: Judging): { plan: Plan; memory: Memory } {
  const since = memory.missingSince ?? now.toISOString();
  const kept = { ...memory, missingSince: since };
  if (now.getTime() - Date.parse(since) < missingMs) return { plan: waitFor(need, undefined), memory: kept };
  const message = problemWords.recordNotSent(need.kind, need.crmId);
  const problem = toProblem('record_missing', { field: need.path, message });
  return { plan: { outcome: 'refuse', problem, blockedOn: toHold(need) }, memory: kept };
}
