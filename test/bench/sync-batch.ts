import fastify from 'fastify';
import { z } from 'zod';
import { fuel, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startPostgres } from '#test/support/programs/postgres.ts';
import { startApp } from '#test/support/world/app.ts';
import type { Figure } from './figure.ts';
import { insertLike, readSample } from './sync-rows.ts';

const size = 10_000;
const perBatch = 500;
/** Not measured: the first batches run before V8 has compiled what they use. */
const warmUp = 2_000;

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
    const desk = await openSyncDesk(app, { enabled: false });
    const first = toRecord(-1);
    await desk.crm.send('POST', '/api/records/batch', { records: [first] });
    const sample = await readSample(app.deps.store, desk.where, first);
    bare.post('/batch', async (request) => insertLike(app.deps.store, sample, batchSchema.parse(request.body).records));
    const origin = await bare.listen({ host: '127.0.0.1', port: 0 });
    const total = await sendToBoth(desk, origin);
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

/** Alternating, as other work on the machine must not count for one of them. Returns milliseconds. */
async function sendToBoth({ app, crm }: SyncDesk, bareOrigin: string): Promise<{ product: number; bare: number }> {
  const total = { product: 0, bare: 0 };
  for (let start = 0; start < warmUp + size; start += perBatch) {
    const records = Array.from({ length: perBatch }, (_, index) => toRecord(start + index));
    // The CRM's own work, which is to write its request and its token, is not counted.
    const [body, token] = [JSON.stringify({ records }), await crm.sign()];
    const product = await timePost(`${app.origin}/api/records/batch`, body, token);
    const bare = await timePost(`${bareOrigin}/batch`, body);
    if (start < warmUp) continue;
    total.product += product;
    total.bare += bare;
  }
  return total;
}

function toSpeed(ms: number): string {
  return ((size / ms) * 1000).toFixed(0);
}

/** Until the last byte of the answer. */
async function timePost(url: string, body: string, token?: string): Promise<number> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const startedAt = performance.now();
  const answer = await fetch(url, { method: 'POST', headers, body });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`a batch was answered ${answer.status}`);
  return performance.now() - startedAt;
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
