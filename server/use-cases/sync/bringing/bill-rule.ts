import type { XeroBill } from '#server/xero/arrivals/bills.ts';
import type { CalendarDate } from '#shared/calendar.ts';
import type { RecordSummary } from '#shared/contract/sync/record.ts';
import type { BackRule, Rules } from '#shared/contract/sync/rules.ts';

/** Which bills come. `since`: only those dated on or after this day; null: all. */
export type BillRule = Required<Pick<BackRule, 'when' | 'onlyApproved' | 'onlyUnpaid'>> & {
  since: CalendarDate | null;
};

export type LeftOutBy = NonNullable<NonNullable<RecordSummary['excluded']>['rule']>;

/** Which bills would come if the direction were on. */
export function toBillRule({ kinds, since }: Rules): BillRule {
  const back = kinds.find(({ kind }) => kind === 'bills')?.back;
  return {
    since,
    when: back?.when ?? 'automatic',
    onlyApproved: back?.onlyApproved ?? true,
    onlyUnpaid: back?.onlyUnpaid ?? false,
  };
}

/** Undefined while bills do not come. */
export function findBillRule(rules: Rules): BillRule | undefined {
  const isOn = rules.enabled && rules.kinds.some(({ kind, back }) => kind === 'bills' && back?.on);
  return isOn ? toBillRule(rules) : undefined;
}

/** The rule that leaves a bill out. */
export function findLeftOut(
  { date, status }: Pick<XeroBill, 'date' | 'status'>,
  { since, onlyApproved, onlyUnpaid }: BillRule,
): LeftOutBy | undefined {
  if (date !== null && since !== null && date < since) return 'since';
  if (onlyApproved && ['DRAFT', 'SUBMITTED'].includes(status)) return 'only_approved';
  return onlyUnpaid && status === 'PAID' ? 'only_unpaid' : undefined;
}

/** Void or deleted: Xero keeps it, and nobody owes it. */
export function isGone({ status }: Pick<XeroBill, 'status'>): boolean {
  return ['VOIDED', 'DELETED'].includes(status);
}
