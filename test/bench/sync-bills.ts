import { AccountingApi } from 'xero-node/dist/gen/api/accountingApi.js';
import { type BillDesk, openBillDesk } from '#test/support/people/bill-desk.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startApp } from '#test/support/world/app.ts';
import { type Figure, toKilobytes } from './figure.ts';

const known = 10_000;
const entered = 1_000;
const mostCalls = 3;
const pageSize = 1_000;

/**
 * What a round costs that finds nothing among 10,000 bills, and one that finds 1,000 new ones, beside a reader that lists
 * everything each time through xero-node.
 */
export async function measureBills(): Promise<Figure[]> {
  const app = await startApp({ env: { XERO_TIMEOUT_SECONDS: '60' } });
  try {
    const desk = await openBillDesk(app);
    await app.control.limits({ minute: 1_000_000, day: 10_000_000, appMinute: 10_000_000 });
    await enterMany(desk, known);
    await bring(desk);
    const nothing = await count(desk, () => bring(desk));
    const plainNothing = await count(desk, () => listAll(desk));
    await enterMany(desk, entered);
    const before = (await desk.come()).length;
    const some = await count(desk, () => bring(desk));
    const come = (await desk.come()).length - before;
    const plainSome = await count(desk, () => listAll(desk));
    return [
      {
        name: `bills: a round that finds nothing of ${known}`,
        measured: `${nothing.calls} call, ${toKilobytes(nothing.bytes)}`,
        reference: `${plainNothing.calls} calls, ${toKilobytes(plainNothing.bytes)} listing all; at most 1 call, 1.0 kB`,
      },
      {
        name: `bills: ${entered} new ones, ${come} in the feed`,
        measured: `${some.calls} calls, ${some.seconds} s`,
        reference: `${plainSome.calls} calls, ${plainSome.seconds} s listing all; at most ${mostCalls} calls`,
      },
    ];
  } finally {
    await app.stop();
  }
}

async function enterMany(desk: BillDesk, count: number): Promise<void> {
  for (let made = 0; made < count; made += 1) await desk.enter();
  // A round reads again what changed in the last two minutes before it.
  await desk.app.advanceSeconds(600);
}

/** Only so that a bench that hangs ends. */
const patienceMs = 600_000;

async function bring({ app, crm }: BillDesk): Promise<void> {
  const { body } = await crm.send<{ runId: string }>('POST', '/api/sync/bring', {});
  const isDone = async () => {
    app.clock.advanceSeconds(1);
    return (await app.deps.store.runs.find(app.workspace.id, body.runId))?.status === 'done';
  };
  await waitUntil(isDone, 'the round to end', patienceMs);
}

type Cost = { calls: number; bytes: number; seconds: string };

async function count({ app }: BillDesk, deed: () => Promise<void>): Promise<Cost> {
  await app.control.clearRequests();
  const startedAt = performance.now();
  await deed();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const calls = (await app.control.requests()).filter(({ path }) => path.startsWith('/api.xro/'));
  return { calls: calls.length, bytes: calls.reduce((sum, { responseBytes }) => sum + responseBytes, 0), seconds };
}

async function listAll({ app, where }: BillDesk): Promise<void> {
  const api = new AccountingApi(`${app.xero.origin}/api.xro/2.0`);
  api.accessToken = (await app.deps.xero.tokens.getAccessToken(where.workspaceId)).token;
  let [page, rows] = [1, pageSize];
  while (rows === pageSize) {
    const { body } = await api.getInvoices(
      ...[where.organisationId, undefined, 'Type=="ACCPAY"', undefined, undefined, undefined, undefined, undefined],
      ...([page, undefined, undefined, undefined, undefined, pageSize] as const),
    );
    rows = body.invoices?.length ?? 0;
    page += 1;
  }
}
