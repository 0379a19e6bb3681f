import { callOf } from './call-of.ts';
import type { SandboxCall } from './sandbox-calls.ts';
import { type CreditIds, toCreditCalls } from './sandbox-credit-calls.ts';
import { type SettingsIds, toSettingsCalls } from './sandbox-settings-calls.ts';

export type SyncIds = SettingsIds & CreditIds & Record<'approved' | 'payment' | 'order', string>;

/** The endpoints that only sync needs, with each shape of their answers. */
export function toSyncCalls(ids: SyncIds): SandboxCall[] {
  return [...paymentCalls(ids), ...toCreditCalls(ids), ...toSettingsCalls(ids)];
}

function paymentCalls({ approved, payment }: SyncIds): SandboxCall[] {
  const one = { Invoice: { InvoiceID: approved }, Account: { Code: '090' }, Amount: 1 };
  const Payments = [one, { ...one, Amount: 9_999_999 }];
  const removal = { Payments: [{ Status: 'DELETED' }] };
  return [
    callOf('GET', '/Payments', []),
    callOf('GET', '/Payments', [], { path: '/Payments?page=1&pageSize=3' }),
    callOf('GET', '/Payments/{PaymentID}', [payment]),
    callOf('PUT', '/Payments', [], { path: '/Payments?summarizeErrors=false', body: { Payments } }),
    callOf('POST', '/Payments', [], { body: one }),
    callOf('POST', '/Payments/{PaymentID}', [payment], { body: removal }),
    callOf('POST', '/Payments/{PaymentID}', [payment], { body: removal, status: 400 }),
  ];
}
