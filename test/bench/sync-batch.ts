import fastify from 'fastify';
import { z } from 'zod';
import type { Store } from '#server/store/store.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import { fuel, openSyncDesk } from '#test/support/people/sync-desk.ts';
import { startPostgres } from '#test/support/programs/postgres.ts';
import { startApp } from '#test/support/world/app.ts';
import type { Figure } from './figure.ts';

const size = 10_000;
const perBatch = 500;

/** How fast records are taken from the CRM, beside a route that only inserts the same rows into the same database. */
export async function measureTaking(): Promise<Figure[]> {
  const postgres = await startPostgres();
  try {
    return [
      await measureOn('SQLite', {}),
      await measureOn('Postgres', { databaseUrl: await postgres.createDatabase() }),
    ];
  } finally {
    await postgres.remove();
  }
}

async function measureOn(name: string, options: Parameters<typeof startApp>[0]): Promise<Figure> {
  const app = await startApp(options);
  const bare = fastify({ bodyLimit: 10_000_000 });
  try {
    // Nothing is sent meanwhile. What that costs is another figure.
    const { crm } = await openSyncDesk(app, { enabled: false });
    bare.post('/batch', async (request) => insertRows(app.deps.store, batchSchema.parse(request.body)));
    const origin = await bare.listen({ host: '127.0.0.1', port: 0 });
    const total = { product: 0, bare: 0 };
    // Alternating, as other work on the machine must not count for one of them.
    for (let start = 0; start < size; start += perBatch) {
      const body = { records: Array.from({ length: perBatch }, (_, index) => toRecord(start + index)) };
      total.product += await time(async () => (await crm.send('POST', '/api/records/batch', body)).status);
      total.bare += await time(async () => (await postJson(`${origin}/batch`, body)).status);
    }
    return {
      name: `taking ${size} records in batches of ${perBatch}, ${name}`,
      measured: `${toSpeed(total.product)}/s`,
      reference: `${toSpeed(total.bare)}/s a bare route that inserts the same rows: ${(total.bare / total.product).toFixed(2)} of it`,
    };
  } finally {
    await bare.close();
    await app.stop();
  }
}

function toSpeed(ms: number): string {
  return ((size / ms) * 1000).toFixed(0);
}

async function time(send: () => Promise<number>): Promise<number> {
  const startedAt = performance.now();
  const status = await send();
  if (status !== 200) throw new Error(`a batch was answered ${status}`);
  return performance.now() - startedAt;
}

function postJson(url: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

function toRecord(index: number) {
  const crmId = `bench-${index}`;
  return { kind: 'expenses', crmId, version: 1, data: { ...fuel, reference: crmId } };
}

const batchSchema = z.object({
  records: z.array(
    z.object({ kind: z.string(), crmId: z.string(), version: z.number(), data: z.record(z.string(), z.unknown()) }),
  ),
});
type Batch = z.infer<typeof batchSchema>;

const where = { workspaceId: 'bare', organisationId: 'bare' };

/** The rows that the product writes for a new record: what the CRM said, its state, its history and the feed. */
async function insertRows(store: Store, { records }: Batch): Promise<{ taken: number }> {
  const at = new Date().toISOString();
  await store.together(async ({ records: table, changes }) => {
    await table.hold(where.workspaceId);
    await table.put(
      ...records.map(({ kind, crmId, version, data }) => ({
        ...{ workspaceId: where.workspaceId, kind, crmId, version, wanted: 'present' as const },
        ...{ data: JSON.stringify(data), dataHash: crmId, receipt: null },
      })),
    );
    const states = records.map(({ kind, crmId }) => toState(kind, crmId, at));
    await table.save(...states);
    await table.appendHistory(...records.map(({ kind, crmId }) => ({ ...where, kind, key: crmId, details: '{}' })));
    await changes.append(
      where.workspaceId,
      states.map((row) => ({
        ...{ organisationId: where.organisationId, type: 'state', kind: row.kind, crmId: row.crmId, xeroId: null, at },
        ...{ state: row.state, data: JSON.stringify({ record: row }) },
      })),
    );
  });
  return { taken: records.length };
}

function toState(kind: string, key: string, at: string): RecordRow {
  return {
    ...{ ...where, kind, key, crmId: key, xeroId: null, origin: 'crm', wanted: 'present', wantedVersion: 1 },
    ...{ sentVersion: null, state: 'excluded', code: null, stateSince: at, nextTryAt: null, tries: 0 },
    ...{ title: 'Fuel', date: '2026-11-28', amount: '86.40', currency: 'AUD', searched: key, details: '{}' },
    ...{ memory: '{}', blockedOn: null, runId: null },
  };
}
