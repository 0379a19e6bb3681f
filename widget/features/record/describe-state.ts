import type { SyncRecord } from '#shared/contract/sync/record.ts';
import type { Format } from '#widget/lib/format.ts';
import type { IconName } from '#widget/ui/icon.tsx';
import { recordWords, ruleWords, stateWords, waitsForWords, xeroKindWords } from './words.ts';

export type Told = {
  tone: 'danger' | 'warn' | 'good' | 'plain';
  icon: IconName;
  /** The state, in a few words. */
  title: string;
  /** Why, in whole sentences. */
  reasons: string[];
};

type Tone = Pick<Told, 'tone' | 'icon'>;

const tones: Readonly<Record<SyncRecord['state'], Tone>> = {
  waiting: { tone: 'plain', icon: 'clock' },
  synced: { tone: 'good', icon: 'check' },
  changed: { tone: 'warn', icon: 'refresh' },
  problem: { tone: 'danger', icon: 'warning' },
  question: { tone: 'warn', icon: 'warning' },
  excluded: { tone: 'plain', icon: 'close' },
  unsupported: { tone: 'plain', icon: 'close' },
};

/** What the card says about the state of a record. */
export function describeState(record: SyncRecord, format: Pick<Format, 'moment'>): Told {
  const { state, nextTryAt, problem, question, reason } = record;
  const waitsFor = problem?.waitsFor ?? question?.waitsFor;
  return {
    ...tones[state],
    title: nameState(record),
    reasons: [
      reason?.message,
      problem?.message,
      problem?.detail,
      question?.message,
      state === 'changed' && describeChange(record),
      state === 'excluded' && describeExclusion(record),
      waitsFor && waitsForWords[waitsFor],
      nextTryAt !== null && recordWords.nextTry(format.moment(nextTryAt)),
    ].filter((text): text is string => typeof text === 'string' && text !== ''),
  };
}

/** `Bill in Xero`, or the state alone. */
function nameState({ state, wanted, xeroKind, xeroStatus, sentVersion }: SyncRecord): string {
  if (state === 'changed' && sentVersion === null) return recordWords.notSent;
  if (state !== 'synced') return stateWords[state];
  if (wanted === 'absent') return xeroStatus === null ? recordWords.deletedInCrm : recordWords.deleted(xeroStatus);
  return xeroKind === null ? stateWords.synced : `${xeroKindWords[xeroKind]} · ${recordWords.inXero}`;
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
