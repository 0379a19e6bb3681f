import { AccountingApi } from 'xero-node/dist/gen/api/accountingApi.js';
import { Invoice } from 'xero-node/dist/gen/model/accounting/invoice.js';
import { fuel, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startApp } from '#test/support/world/app.ts';
import type { Figure } from './figure.ts';

const size = 1_000;
const perBatch = 500;
const mostCalls = 60;
/** Only so that a bench that hangs ends. */
const patienceMs = 600_000;

/** What a thousand expenses cost at Xero, beside a loop that sends one bill in a call to the same Xero. */
export async function measureSyncCalls(): Promise<Figure> {
  const app = await startApp();
  try {
    const desk = await openSyncDesk(app);
    await app.control.limits({ minute: 1_000_000, day: 10_000_000, appMinute: 10_000_000 });
    const product = await countCalls(desk, () => sendByProduct(desk));
    const plain = await countCalls(desk, () => sendOneByOne(desk));
    return {
      name: `${size} expenses to Xero`,
      measured: `${product.calls} calls, ${product.seconds} s`,
      reference: `${plain.calls} calls, ${plain.seconds} s a loop through xero-node; at most ${mostCalls} calls`,
    };
  } finally {
    await app.stop();
  }
}

async function countCalls({ app }: SyncDesk, deed: () => Promise<void>): Promise<{ calls: number; seconds: string }> {
  await app.control.clearRequests();
  const startedAt = performance.now();
  await deed();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const calls = (await app.control.requests()).filter(({ path }) => path.startsWith('/api.xro/'));
  return { calls: calls.length, seconds };
}

async function sendByProduct({ app, crm, where }: SyncDesk): Promise<void> {
  for (let start = 0; start < size; start += perBatch) {
    const records = Array.from({ length: perBatch }, (_, index) => {
      const crmId = `bench-${start + index}`;
      return { kind: 'expenses', crmId, version: 1, data: { ...fuel, reference: crmId } };
    });
    await crm.send('POST', '/api/records/batch', { records });
  }
  const isDone = async () => {
    app.clock.advanceSeconds(1);
    return (await app.deps.store.records.count(where, { states: ['synced'] })) === size;
  };
  await waitUntil(isDone, `${size} expenses to be in Xero`, patienceMs);
}

async function sendOneByOne({ app, where }: SyncDesk): Promise<void> {
  const api = new AccountingApi(`${app.xero.origin}/api.xro/2.0`);
  api.accessToken = (await app.deps.xero.tokens.getAccessToken(where.workspaceId)).token;
  const contact = { name: fuel.supplier.name };
  for (let index = 0; index < size; index += 1) {
    const lineItems = [{ description: 'Fuel', quantity: 1, unitAmount: 86.4, accountCode: '429' }];
    const bill = { type: Invoice.TypeEnum.ACCPAY, contact, date: '2026-11-28', dueDate: '2026-12-28', lineItems };
    await api.createInvoices(where.organisationId, { invoices: [bill] });
  }
}
