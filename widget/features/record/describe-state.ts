import type { SyncRecord } from '#shared/contract/sync/record.ts';
import { titleOfKind } from '#shared/words/sync-kind-words.ts';
import type { Format } from '#widget/lib/format.ts';
import { nameField } from '#widget/ui/records/name-field.ts';
import { nameState } from '#widget/ui/records/name-state.ts';
import { stateWords, waitsForWords } from '#widget/ui/records/record-words.ts';
import { type StateLook, stateLooks } from '#widget/ui/records/state-looks.ts';
import { fixHints, recordWords, ruleWords, xeroKindWords } from './words.ts';

export type Told = StateLook & {
  /** The state, in a few words. */
  title: string;
  /** Why, and what ends it, in whole sentences. */
  reasons: string[];
};

/** What the card says about the state of a record. */
export function describeState(record: SyncRecord, format: Pick<Format, 'moment'>): Told {
  const { state, nextTryAt, problem, question, reason } = record;
  const waitsFor = problem?.waitsFor ?? question?.waitsFor;
  const texts = [
    reason?.message,
    describeHolder(record),
    problem?.message,
    problem?.detail && recordWords.xeroSays(problem.detail),
    problem?.field && describeField(problem.field, record.data),
    question?.message,
    state === 'changed' && describeChange(record),
    state === 'excluded' && describeExclusion(record),
    problem && state === 'problem' && fixHints[problem.fix],
    waitsFor && !saysWho(problem) && waitsForWords[waitsFor],
    nextTryAt !== null && recordWords.nextTry(format.moment(nextTryAt)),
  ];
  const reasons = texts.filter((text): text is string => typeof text === 'string' && text !== '');
  return { ...stateLooks[state], title: nameOutcome(record), reasons: [...new Set(reasons)] };
}

/** `Bill in Xero`, or the state alone. */
function nameOutcome(record: SyncRecord): string {
  const { state, wanted, xeroKind, xeroStatus } = record;
  if (state !== 'synced') return nameState(record);
  if (wanted === 'absent') return xeroStatus === null ? recordWords.deletedInCrm : recordWords.deleted(xeroStatus);
  return xeroKind === null ? stateWords.synced : `${xeroKindWords[xeroKind]} · ${recordWords.inXero}`;
}

/** The field, and what the CRM says there. */
function describeField(path: string, data: SyncRecord['data']): string {
  let value: unknown = data;
  for (const part of path.split('.')) value = isObject(value) ? value[part] : undefined;
  const isShort = (typeof value === 'string' && value !== '') || typeof value === 'number';
  return isShort ? recordWords.fieldValue(nameField(path), String(value)) : recordWords.field(nameField(path));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Its hint says already who ends it. */
function saysWho(problem: SyncRecord['problem']): boolean {
  return problem !== null && !['edit_record', 'choose', 'wait'].includes(problem.fix);
}

/** The record that this one waits for, where that one needs a person. */
function describeHolder({ reason }: SyncRecord): string | undefined {
  const holder = reason?.record;
  if (!holder?.state || holder.state === 'waiting' || holder.state === 'synced') return undefined;
  return recordWords.holder(titleOfKind(holder.kind, 'one'), stateWords[holder.state]);
}

function describeChange({ sentVersion, wantedVersion }: SyncRecord): string {
  if (sentVersion === null || wantedVersion === null) return recordWords.notSentHint;
  return recordWords.changedHint;
}

function describeExclusion({ excluded }: SyncRecord): string | undefined {
  if (!excluded) return undefined;
  if (excluded.rule) return ruleWords[excluded.rule];
  return excluded.user ? recordWords.excludedBy(excluded.user.name) : undefined;
}
