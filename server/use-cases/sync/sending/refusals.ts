import type { AppError } from '#shared/app-error.ts';
import type { RecordProblem } from '#shared/contract/sync/record.ts';
import { refusalWords } from './words.ts';

type Kind = Pick<RecordProblem, 'fix' | 'waitsFor'> & { code: keyof typeof refusalWords };

/** What Xero's refusals mean for a record, by the cause that was read from Xero's words. */
const causes: Readonly<Record<string, Kind>> = {
  contact_archived: { code: 'contact_archived', fix: 'restore_contact', waitsFor: 'admin' },
  period_locked: { code: 'period_locked', fix: 'unlock_period', waitsFor: 'admin' },
  account_invalid: { code: 'account_unusable', fix: 'map_account', waitsFor: 'admin' },
  tax_invalid: { code: 'tax_unsuitable', fix: 'map_tax', waitsFor: 'admin' },
  currency: { code: 'currency_not_subscribed', fix: 'edit_record', waitsFor: 'user' },
  plan_limit: { code: 'plan_limit', fix: 'wait', waitsFor: 'xero' },
  reconciled: { code: 'is_reconciled', fix: 'wait', waitsFor: 'admin' },
};

const rejected: Kind = { code: 'xero_rejected', fix: 'edit_record', waitsFor: 'user' };

/** Xero refused the record: its own words are the detail. A missing scope is mended by connecting again. */
export function toRefusal({ code, details }: AppError): RecordProblem {
  const detail = details.errors?.map(({ message }) => message).join(' ') || null;
  if (code === 'xero_forbidden' && details.extension?.reason === 'scope_missing') {
    const missing = { code: 'scope_missing', fix: 'reconnect', waitsFor: 'admin' } as const;
    return { ...missing, field: null, message: refusalWords.scope_missing, detail, target: null };
  }
  const cause = details.extension?.cause;
  const kind = (typeof cause === 'string' ? causes[cause] : undefined) ?? rejected;
  return { ...kind, field: details.errors?.[0]?.path || null, message: refusalWords[kind.code], detail, target: null };
}

/** What a problem waits for, so that it is tried again as soon as that moves; null: time alone. */
export function toProblemCause({ code, target }: RecordProblem): string | null {
  if (target && 'mapping' in target) return `${target.mapping}:${target.key.toLowerCase()}`;
  if (target && 'contactId' in target) return `contact:${target.contactId}`;
  return { period_locked: 'lock', scope_missing: 'connection', plan_limit: 'plan' }[code as string] ?? null;
}
