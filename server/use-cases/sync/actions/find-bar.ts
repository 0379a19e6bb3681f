import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import { putKindSchema } from '#shared/contract/sync/kinds.ts';
import type { Rules } from '#shared/contract/sync/rules.ts';
import { isSent } from '../records/decide-record.ts';
import { parseRecordDetails } from '../records/record-details.ts';
import { requestWords } from '../words/request-words.ts';
import type { RunRequest } from './start-run.ts';

/** Why a run that sends records passes one by, as a sentence; undefined where it does not. */
export function findBar(request: RunRequest, row: RecordRow, rules: Rules): string | undefined {
  if (request.action !== 'sync' || row.state === 'unsupported') return undefined;
  const kind = putKindSchema.safeParse(row.kind);
  if (kind.success && !isSent(kind.data, rules)) return requestWords.directionOff;
  return isLeftOut(row) && !isChosen(request) ? requestWords.leftOut : undefined;
}

function isLeftOut({ state, details }: RecordRow): boolean {
  return state === 'excluded' && parseRecordDetails(details).excluded?.by === 'person';
}

/** Whether the run names its records, or asks for those that were left out. */
function isChosen({ crmIds, filter }: RunRequest): boolean {
  return crmIds !== undefined || (filter?.state?.includes('excluded') ?? false);
}
