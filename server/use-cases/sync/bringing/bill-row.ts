import { isDeepStrictEqual } from 'node:util';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import type { XeroBill } from '#server/xero/arrivals/bills.ts';
import { roundToCurrency } from '#shared/money.ts';
import { noDetails, type RecordDetails } from '../records/record-details.ts';
import { toWaitReason } from '../words/waits.ts';

/** So long the CRM may take to accept what came. */
export const acceptWithinMs = 24 * 3600 * 1000;

/** The bill as it was read last, in the memory of its record. It stays there when the CRM accepts it. */
export function keepBill(bill: XeroBill): string {
  return JSON.stringify({ bill });
}

/** Undefined for a record that did not come from Xero, or that could not be read yet. */
export function findBill(memory: string): XeroBill | undefined {
  // `keepBill` wrote this.
  return (JSON.parse(memory) as { bill?: XeroBill }).bill;
}

/** Whether anything changed that the CRM is told of. */
export function isSameBill(one: XeroBill | undefined, other: XeroBill): boolean {
  const content = ({ updatedAt: _at, page: _page, ...rest }: XeroBill) => rest;
  return one !== undefined && isDeepStrictEqual(content(one), content(other));
}

/** `id`: the bill's. `url`: its page in Xero. */
export type Arriving = { where: SyncPlace; at: string; url: string | null };

/** The record of a bill that waits for the CRM. */
export function toWaiting(bill: XeroBill, arriving: Arriving): RecordRow {
  const reason = toWaitReason('not_accepted');
  const nextTryAt = new Date(Date.parse(arriving.at) + acceptWithinMs).toISOString();
  return { ...toRow(bill, arriving, { reason }), state: 'waiting', code: reason.code, nextTryAt };
}

/** The record of a bill that a rule leaves out, until the rule changes. */
export function toLeftOut(
  bill: XeroBill,
  arriving: Arriving,
  rule: NonNullable<NonNullable<RecordDetails['excluded']>['rule']>,
): RecordRow {
  const excluded = { by: 'rule' as const, rule, user: null, at: arriving.at };
  return { ...toRow(bill, arriving, { excluded }), state: 'excluded' };
}

/** Without a state. */
function toRow(bill: XeroBill, { where, at, url }: Arriving, shown: Partial<RecordDetails>): RecordRow {
  return {
    ...toEmptyRow(bill.id, { where, at }),
    ...describeBill(bill),
    details: JSON.stringify({ ...noDetails, ...shown, ...describeTwin(bill, url) }),
    memory: keepBill(bill),
  };
}

export function toEmptyRow(xeroId: string, { where, at }: Pick<Arriving, 'where' | 'at'>): RecordRow {
  return {
    ...{ workspaceId: where.workspaceId, organisationId: where.organisationId },
    ...{ kind: 'bills', key: `xero:${xeroId}`, crmId: null, xeroId, origin: 'xero', wanted: 'present' },
    ...{ wantedVersion: null, sentVersion: null, state: 'waiting', code: null, stateSince: at, nextTryAt: null },
    ...{ tries: 0, title: null, date: null, amount: null, currency: null, searched: '', blockedOn: null, runId: null },
    ...{ details: JSON.stringify({ ...noDetails, xeroKind: 'bill' }), memory: '{}' },
  };
}

/** What lists show and search. */
export function describeBill({ supplier, number, date, total, currency }: XeroBill) {
  const title = [supplier.name, number].filter((text) => text !== null).join(', ') || null;
  const amount = roundToCurrency(total, currency);
  return { title, date, amount, currency, searched: (title ?? '').toLowerCase() };
}

export function describeTwin({ number, status }: XeroBill, url: string | null) {
  return { xeroKind: 'bill' as const, xeroNumber: number, xeroStatus: status, xeroUrl: url };
}
