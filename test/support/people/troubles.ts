import type { Fault } from '#test/sandbox/xero/faults.ts';
import type { SyncDesk } from './sync-desk.ts';

/** Something that goes wrong for a day. `end` sets it right. */
export type Trouble = { name: string; begin(): Promise<unknown>; end(): Promise<unknown> };

const faults: Readonly<Record<string, Fault>> = {
  'Xero answers 503': { kind: 'status', status: 503, path: 'api.xro', times: null },
  'Xero answers 500': { kind: 'status', status: 500, path: 'api.xro', times: null },
  'answers to new bills are lost': { kind: 'lose-answer', method: 'PUT', path: 'Invoices', times: null },
  'some answers are lost': { kind: 'lose-answer', method: 'PUT', times: 5 },
  'calls are cut off': { kind: 'drop', path: 'api.xro', times: null },
  'answers are cut in half': { kind: 'truncate', path: 'Invoices', times: 6 },
  'answers come too late': { kind: 'late-status', status: 500, method: 'PUT', path: 'Invoices', times: 3 },
  'the minute is spent': {
    kind: 'status',
    status: 429,
    problem: 'minute',
    retryAfterSeconds: 50,
    path: 'api.xro',
    times: 9,
  },
  'the day is spent': {
    kind: 'status',
    status: 429,
    problem: 'day',
    retryAfterSeconds: 40_000,
    path: 'api.xro',
    times: null,
  },
  'a proxy answers': { kind: 'html', path: 'api.xro', times: null },
  'no new tokens are given': { kind: 'status', status: 503, path: 'connect/token', times: null },
};

/** Each thing that may go wrong between us and Xero. */
export function listTroubles({ app, where }: SyncDesk): Trouble[] {
  const { control, admin } = app;
  const tenantId = where.organisationId;
  const ofXero = Object.entries(faults).map(([name, fault]) => ({
    ...{ name, begin: () => control.fault(fault), end: () => control.clearFaults() },
  }));
  return [
    ...ofXero,
    { name: 'Xero is disconnected', begin: () => admin.disconnect(), end: () => admin.connect() },
    {
      name: 'the plan allows no bills',
      begin: () => control.planLimit({ tenantId, bills: 0 }),
      end: () => control.planLimit({ tenantId, bills: null }),
    },
    {
      name: 'the period is locked',
      begin: () => control.lockDate({ tenantId, period: '2027-12-31' }),
      end: () => control.lockDate({ tenantId, period: null }),
    },
    {
      name: 'a process was killed',
      begin: () => takeLeases(app),
      end: async () => undefined,
    },
  ];

  /** It worked on everything that was due, and its leases end a minute later. */
  function takeLeases({ deps: { store, clock } }: SyncDesk['app']): Promise<unknown> {
    const now = clock.now();
    const lease = {
      owner: 'killed',
      onlyProcess: null,
      now: now.toISOString(),
      until: new Date(now.getTime() + 60_000).toISOString(),
    };
    return store.records.takeDue(where, { kinds: ['expenses', 'invoices', 'customers', 'payments'], limit: 50, lease });
  }
}
