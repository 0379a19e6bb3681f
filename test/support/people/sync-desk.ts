import { firstRules } from '#server/use-cases/sync/settings/first-rules.ts';
import type { StoredMapping } from '#server/use-cases/sync/settings/read-mapping.ts';
import type { Mapping } from '#shared/contract/sync/mapping.ts';
import type { SyncRecord } from '#shared/contract/sync/record.ts';
import type { Rules } from '#shared/contract/sync/rules.ts';
import type { Run, RunRow } from '#shared/contract/sync/runs.ts';
import { waitUntil } from '../wait-until.ts';
import type { TestApp } from '../world/app.ts';
import { buildCrmBackend, type CrmBackend } from './crm-backend.ts';

/** A workspace whose sync is enabled, its CRM's backend, and what the CRM waits for. */
export type SyncDesk = {
  app: TestApp;
  crm: CrmBackend;
  where: { workspaceId: string; organisationId: string };
  read(path: string): Promise<SyncRecord>;
  put(path: string, version: number, data: object): Promise<SyncRecord>;
  /** Puts the record and waits until it is not on its way any more. */
  send(path: string, version: number, data: object): Promise<SyncRecord>;
  settled(path: string): Promise<SyncRecord>;
  act(path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Starts a run and waits for its end. */
  run(path: string, body: object): Promise<{ run: Run; rows: RunRow[] }>;
  /** Waits, while time goes on, until this is so. */
  until(isSo: () => Promise<boolean>, what: string): Promise<void>;
  documents(): ReturnType<TestApp['control']['documents']>;
};

/** Accounts of the sandbox's demo organisation. */
const mapping: StoredMapping = {
  ...{ paymentMethods: [], taxRates: [], tracking: {} },
  categories: [
    { key: 'Fuel', accountCode: '429' },
    { key: 'Sales', accountCode: '200' },
  ],
  defaults: {
    ...{ expenseSupplierName: 'Expenses', expenseAccountCode: null, salesAccountCode: '200' },
    ...{ paymentAccountId: null, feeAccountCode: null },
  },
};

export async function openSyncDesk(app: TestApp, rules: Partial<Rules> = {}): Promise<SyncDesk> {
  const crm = buildCrmBackend(app);
  await app.admin.connect();
  const connection = await app.deps.store.connections.find(app.workspace.id);
  const where = { workspaceId: app.workspace.id, organisationId: connection?.organisationId ?? '' };
  const { syncRules, syncMapping } = app.deps.store;
  await syncRules.put(where, JSON.stringify({ ...firstRules, enabled: true, since: '2020-01-01', ...rules }));
  await syncMapping.put(where, JSON.stringify(mapping));
  const until: SyncDesk['until'] = (isSo, what) =>
    waitUntil(async () => {
      await app.advanceSeconds(1);
      return isSo();
    }, what);
  const read: SyncDesk['read'] = async (path) =>
    (await crm.send<{ record: SyncRecord }>('GET', `/api/records/${path}`)).body.record;
  const put: SyncDesk['put'] = async (path, version, data) =>
    (await crm.send<{ record: SyncRecord }>('PUT', `/api/records/${path}`, { version, data })).body.record;
  const settled: SyncDesk['settled'] = async (path) => {
    await until(async () => (await read(path)).state !== 'waiting', `${path} to be dealt with`);
    return read(path);
  };
  return {
    ...{ app, crm, where, read, put, settled, until },
    send: async (path, version, data) => {
      await put(path, version, data);
      return settled(path);
    },
    act: (path, body) => crm.send('POST', `/api/records/${path}/actions`, body),
    run: async (path, body) => {
      const { body: begun } = await crm.send<{ runId: string }>('POST', path, body);
      const find = async () => (await crm.send<{ run: Run }>('GET', `/api/runs/${begun.runId}`)).body.run;
      await until(async () => !['queued', 'running'].includes((await find()).status), 'the run to end');
      const { body: list } = await crm.send<{ rows: RunRow[] }>('GET', `/api/runs/${begun.runId}/rows?limit=500`);
      return { run: await find(), rows: list.rows };
    },
    documents: () => app.control.documents({ tenantId: where.organisationId }),
  };
}

/** Payments by the method `bank` are from Xero's first bank account. */
export async function mapBank(desk: SyncDesk): Promise<void> {
  const { body } = await desk.crm.send<Mapping>('GET', '/api/sync/mapping');
  const bank = body.choices?.paymentAccounts.find(({ type }) => type === 'BANK');
  // A key is known once a record used it.
  await desk.put('payments/unmapped', 1, { method: 'bank' });
  await desk.crm.send('PUT', '/api/sync/mapping', { paymentMethods: [{ key: 'bank', accountId: bank?.id }] });
}

export const fuel = {
  ...{ date: '2026-11-28', category: 'Fuel', amount: '86.40', taxInclusive: true, currency: 'AUD' },
  ...{ description: 'Fuel', supplier: { name: 'Caltex Perth' }, reference: 'R-17' },
};

const line = { description: 'Work', quantity: '2', unitAmount: '50.00', category: 'Sales' };

/** An approved invoice over 110.00 for a customer of the CRM. */
export function invoiceOf(number: string, customerId: string) {
  return {
    ...{ number, customer: { crmId: customerId }, date: '2026-11-01', dueDate: '2026-12-01', currency: 'AUD' },
    ...{ lineAmountTypes: 'exclusive', lines: [line], total: '110.00', status: 'approved' },
  };
}
