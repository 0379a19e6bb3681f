import type { RecordAction } from '#shared/contract/sync/actions.ts';
import type { SyncRecord } from '#shared/contract/sync/record.ts';
import { actWords } from '#widget/ui/records/record-words.ts';

export type Act = { action: Exclude<RecordAction, 'answer'>; label: string };

/** `main` is the next step, beside the state. `others` are in the menu. */
export type Acts = { main: Act | null; isPrimary: boolean; others: Act[]; canAnswer: boolean };

type Actor = { isAdmin: boolean; mayAct: boolean };

const none: Acts = { main: null, isPrimary: false, others: [], canAnswer: false };

/** What this person may do with the record now. The server decides again. */
export function listActs(record: SyncRecord, { isAdmin, mayAct }: Actor): Acts {
  const { state, origin, crmId, question } = record;
  if (origin === 'xero' || crmId === null || state === 'unsupported' || !mayAct) return none;
  const step = nextStep(record, isAdmin);
  const isExcludable = isAdmin && state !== 'excluded' && !isGone(record) && !offersLeavingOut(record);
  return {
    main: step,
    isPrimary: state === 'changed' || state === 'problem' || state === 'excluded',
    others: isExcludable ? [{ action: 'exclude', label: actWords.exclude }] : [],
    canAnswer: state === 'question' && (isAdmin || question?.waitsFor === 'user'),
  };
}

function nextStep(record: SyncRecord, isAdmin: boolean): Act | null {
  const { state, sentVersion, reason, excluded } = record;
  switch (state) {
    case 'waiting':
      return reason?.code === 'queued' ? null : { action: 'retry', label: actWords.tryNow };
    case 'problem':
      return { action: 'retry', label: actWords.retry };
    case 'changed':
      return { action: 'sync', label: sentVersion === null ? actWords.sync : actWords.resync };
    case 'synced':
      return isGone(record) ? null : { action: 'sync', label: actWords.resync };
    case 'excluded':
      // Nothing of this kind is sent until an admin turns it on.
      if (excluded?.rule === 'direction_off') return null;
      return isAdmin && excluded?.by === 'person'
        ? { action: 'include', label: actWords.include }
        : { action: 'sync', label: actWords.sync };
    default:
      return null;
  }
}

/** Deleted in the CRM, and Xero agrees. */
function isGone({ state, wanted }: SyncRecord): boolean {
  return state === 'synced' && wanted === 'absent';
}

function offersLeavingOut({ question }: SyncRecord): boolean {
  return question?.choices.some(({ id }) => id === 'leave_out') ?? false;
}
