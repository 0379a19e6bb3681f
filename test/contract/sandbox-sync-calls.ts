import type { SandboxCall } from './sandbox-calls.ts';

export type SyncIds = Record<'approved' | 'payment', string>;

type Method = SandboxCall['method'];

/** A call of a template whose ids are given in order. */
const callOf = (method: Method, template: string, ids: string[], more: Partial<SandboxCall> = {}): SandboxCall => {
  const names = template.match(/\{\w+\}/g) ?? [];
  const path = names.reduce((text, name, index) => text.replace(name, ids[index] ?? ''), template);
  return { method, template, route: toRoute(template), path, status: 200, ...more };
};

/** The first id is `:id`, a second one `:sub`. */
const toRoute = (template: string): string => template.replace(/\{\w+\}/, ':id').replace(/\{\w+\}/, ':sub');

/** The endpoints that only sync needs, with each shape of their answers. */
export const toSyncCalls = (ids: SyncIds): SandboxCall[] => [...paymentCalls(ids)];

const paymentCalls = ({ approved, payment }: SyncIds): SandboxCall[] => {
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
};
