import type { RecordPlace, RecordRow } from '#server/store/tables/records/record-store.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { RecordState } from '#shared/contract/sync/record.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import type { Mode, OutRule, Rules } from '#shared/contract/sync/rules.ts';
import { toWaitReason } from '../words/waits.ts';
import { type Memory, parseMemory } from './memory.ts';
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
  /** Equal for equal data. */
  dataHash: string;
};

type Where = Omit<RecordPlace, 'kind' | 'key'>;
type Deciding = { where: Where; known: RecordRow | undefined; at: string; rules: Rules };
type Decided = {
  state: RecordState;
  code?: string;
  details?: Partial<RecordDetails>;
  nextTryAt?: string | null;
  sentVersion?: number | null;
};

const roundMs = 30 * 60 * 1000;

/**
 * The state of a version in an organisation before anybody looks at it in Xero: what the rules say. It keeps what is
 * known of the record's twin. `at`: now, as an instant.
 */
export function decideRecord(version: RecordVersion, deciding: Deciding): RecordRow {
  const { kind, crmId, wanted, data } = version;
  const { where, known, at } = deciding;
  const facts = readFacts(kind, data ?? {});
  const memory = parseMemory(known?.memory ?? '{}');
  const decided = decideState(version, facts.date, { ...deciding, memory });
  const { state, code = null, details = {}, nextTryAt = null, sentVersion = known?.sentVersion ?? null } = decided;
  const { xeroId, origin } = known ?? { xeroId: null, origin: 'crm' };
  // One literal without spreading is much faster in V8, and a batch decides hundreds of records.
  return {
    workspaceId: where.workspaceId,
    organisationId: where.organisationId,
    kind,
    key: crmId,
    crmId,
    xeroId,
    origin,
    wanted,
    wantedVersion: version.version,
    sentVersion,
    state,
    code,
    stateSince: known?.state === state ? known.stateSince : at,
    nextTryAt,
    tries: 0,
    title: facts.title,
    date: facts.date,
    amount: facts.amount,
    currency: facts.currency,
    searched: [crmId, facts.title].filter(Boolean).join(' ').toLowerCase(),
    details: JSON.stringify({ ...keepTwin(known), ...details }),
    memory: known?.memory ?? '{}',
    blockedOn: null,
    runId: known?.runId ?? null,
  };
}

function decideState(
  version: RecordVersion,
  date: string | null,
  { known, at, rules, memory }: Deciding & { memory: Memory },
): Decided {
  const { kind, wanted, data } = version;
  const excluded = known && parseRecordDetails(known.details).excluded;
  if (known?.origin === 'xero') return { state: 'synced', sentVersion: known.sentVersion };
  if (excluded?.by === 'person') return { state: 'excluded', details: { excluded } };
  // A reset counts until a person asks for the record, whatever the rules say meanwhile.
  if (memory.isReset && memory.asked === null)
    return excluded?.rule === 'reset' ? { state: 'excluded', details: { excluded } } : exclude('reset', at);
  const isInXero = (known?.xeroId ?? null) !== null;
  if (wanted === 'absent' && !isInXero && !mayBeSent(known)) return { state: 'synced' };
  const problem = wanted === 'present' && data !== null ? findUnsupported(kind, data) : undefined;
  if (problem) return { state: 'unsupported', code: problem.code, details: { problem } };
  const rule = findOutRule(kind, rules);
  if (!rule?.on) return exclude('direction_off', at);
  const isNew = (known?.sentVersion ?? null) === null;
  if (isNew && memory.asked === null && isBefore(date, rules.since)) return exclude('since', at);
  if (isAsSent(version, known) && memory.sentHash === version.dataHash) {
    // A look tells whether Xero still has what was left out. Nothing is newer, so no person has to decide.
    if (known.state === 'excluded') return waitOrAsk('automatic', { known, at });
    return { state: 'synced', sentVersion: version.version, nextTryAt: isFollowed(known) ? at : null };
  }
  return waitOrAsk(toMode(rule, { isNew, memory }), { known, at });
}

/** Xero has what was sent last, and nothing else is on its way. */
function isAsSent({ wanted }: RecordVersion, known: RecordRow | undefined): known is RecordRow {
  if (known === undefined || known.xeroId === null || known.wanted !== wanted) return false;
  return known.state === 'synced' || (known.state === 'excluded' && known.sentVersion === known.wantedVersion);
}

/** Something that follows its twin, such as a receipt, is still to be done. */
function isFollowed({ details }: RecordRow): boolean {
  return parseRecordDetails(details).also.some(({ state }) => state !== 'done');
}

function findOutRule(kind: PutKind, { enabled, kinds }: Rules): OutRule | null | undefined {
  return enabled ? kinds.find((one) => one.kind === kind)?.out : undefined;
}

/** Whether records of the kind are sent to Xero at all. */
export function isSent(kind: PutKind, rules: Rules): boolean {
  return findOutRule(kind, rules)?.on ?? false;
}

/**
 * Xero may hold something of it that we do not know yet: it is on its way, or it was looked at before somebody left it
 * out.
 */
function mayBeSent(known: RecordRow | undefined): boolean {
  if (known === undefined) return false;
  return known.memory !== '{}' || ['waiting', 'problem', 'question'].includes(known.state);
}

function exclude(rule: 'direction_off' | 'since' | 'reset', at: string): Decided {
  return { state: 'excluded', details: { excluded: { by: 'rule', rule, user: null, at } } };
}

function isBefore(date: string | null, since: string | null): boolean {
  return date !== null && since !== null && date < since;
}

/** A person who pressed Sync to Xero decided already. */
function toMode(rule: OutRule, { isNew, memory }: { isNew: boolean; memory: Memory }): Mode {
  if (memory.asked !== null) return 'automatic';
  return isNew ? rule.new : rule.changes;
}

function waitOrAsk(mode: Mode, { known, at }: Pick<Deciding, 'known' | 'at'>): Decided {
  if (mode === 'by_hand') return { state: 'changed' };
  const isEdited = known !== undefined && ['problem', 'question', 'waiting'].includes(known.state);
  const reason = toWaitReason(isEdited ? 'edited' : 'queued');
  const nextTryAt = mode === 'automatic' ? at : nextRound(at);
  return { state: 'waiting', code: reason.code, details: { reason }, nextTryAt };
}

/** The start of the next half hour. */
export function nextRound(at: string): string {
  return new Date((Math.floor(Date.parse(at) / roundMs) + 1) * roundMs).toISOString();
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
