import type { RecordPlace, RecordRow } from '#server/store/tables/records/record-store.ts';
import type { RecordData } from '#shared/contract/sync/data.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { RecordState } from '#shared/contract/sync/record.ts';
import { noDetails, parseRecordDetails, type RecordDetails } from './record-details.ts';
import { readFacts } from './record-facts.ts';
import { findUnsupported } from './unsupported.ts';

/** A version of a record as the CRM sent it. `data` is null for the deletion of a record that was never sent. */
export type RecordVersion<Kind extends PutKind = PutKind> = {
  kind: Kind;
  crmId: string;
  version: number;
  wanted: 'present' | 'absent';
  data: RecordData<Kind> | null;
};

type Where = Omit<RecordPlace, 'kind' | 'key'>;
type Decided = { state: RecordState; code: string | null; details: RecordDetails };

/**
 * The state of a version in an organisation before anything is sent. It keeps what is known of the record's document in
 * Xero. `at`: now.
 */
export function decideRecord(
  version: RecordVersion,
  { where, known, at }: { where: Where; known: RecordRow | undefined; at: string },
): RecordRow {
  const { kind, crmId, wanted, data } = version;
  const facts = readFacts(kind, data ?? {});
  const { state, code, details } = decideState(version, known, at);
  const { xeroId, origin, sentVersion } = known ?? { xeroId: null, origin: 'crm', sentVersion: null };
  return {
    ...{ ...where, kind, key: crmId, crmId, xeroId, origin },
    ...{ wanted, wantedVersion: version.version, sentVersion },
    ...{ state, code, stateSince: known?.state === state ? known.stateSince : at, nextTryAt: null, tries: 0 },
    ...facts,
    searched: [crmId, facts.title].filter(Boolean).join(' ').toLowerCase(),
    details: JSON.stringify(details),
    ...{ memory: known?.memory ?? '{}', blockedOn: null, runId: known?.runId ?? null },
  };
}

function decideState({ kind, wanted, data }: RecordVersion, known: RecordRow | undefined, at: string): Decided {
  const details = keepTwin(known);
  // Xero has nothing to remove.
  if (wanted === 'absent' && (known?.xeroId ?? null) === null) return { state: 'synced', code: null, details };
  const problem = wanted === 'present' && data !== null ? findUnsupported(kind, data) : undefined;
  if (problem) return { state: 'unsupported', code: problem.code, details: { ...details, problem } };
  const excluded = { by: 'rule' as const, rule: 'direction_off' as const, user: null, at };
  return { state: 'excluded', code: null, details: { ...details, excluded } };
}

/** A new version ends the problem, question or reason of the one before, but not the record's twin in Xero. */
function keepTwin(known: RecordRow | undefined): RecordDetails {
  if (!known) return noDetails;
  const {
    reason: _reason,
    problem: _problem,
    question: _question,
    excluded: _excluded,
    ...twin
  } = parseRecordDetails(known.details);
  return { ...noDetails, ...twin };
}
