import type { ProblemCode, RecordProblem } from '#shared/contract/sync/record.ts';

type NextStep = Pick<RecordProblem, 'fix' | 'waitsFor'>;

const edit: NextStep = { fix: 'edit_record', waitsFor: 'user' };

/** What ends a problem, and who can end it. */
const nextSteps: { [Code in ProblemCode]: NextStep } = {
  field_missing: edit,
  field_invalid: edit,
  total_differs: edit,
  record_missing: edit,
  tracking_unknown: edit,
  receipt_unreadable: edit,
  currency_not_subscribed: edit,
  category_unmapped: { fix: 'map_account', waitsFor: 'admin' },
  account_unusable: { fix: 'map_account', waitsFor: 'admin' },
  tax_unmapped: { fix: 'map_tax', waitsFor: 'admin' },
  tax_unsuitable: { fix: 'map_tax', waitsFor: 'admin' },
  method_unmapped: { fix: 'map_payment_method', waitsFor: 'admin' },
  method_unusable: { fix: 'map_payment_method', waitsFor: 'admin' },
  contact_archived: { fix: 'restore_contact', waitsFor: 'xero' },
  period_locked: { fix: 'unlock_period', waitsFor: 'xero' },
  scope_missing: { fix: 'reconnect', waitsFor: 'admin' },
  plan_limit: { fix: 'wait', waitsFor: 'xero' },
  accept_missing: { fix: 'wait', waitsFor: 'admin' },
  unreadable: { fix: 'wait', waitsFor: 'xero' },
  is_reconciled: { fix: 'wait', waitsFor: 'xero' },
  xero_rejected: edit,
  zero_total: edit,
  negative_total: edit,
  credit_not_sent: edit,
};

type Told = {
  message: string;
  /** A path into `data`. */
  field?: string;
  /** Xero's own words. */
  detail?: string;
  target?: RecordProblem['target'];
};

/** A problem with its sentence and its next step. */
export function toProblem(code: ProblemCode, { message, field, detail, target }: Told): RecordProblem {
  return { code, field: field ?? null, message, detail: detail ?? null, ...nextSteps[code], target: target ?? null };
}
