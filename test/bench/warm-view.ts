import { adminId } from '#test/support/people/admin.ts';
import type { World } from '#test/support/world/world.ts';
import { type BareServer, startBareServer } from './bare-process.ts';
import type { Figure } from './figure.ts';
import { putUnderLoad } from './load.ts';

/** Requests per second of a cached view, and of a bare route that returns the same bytes. */
export async function measureWarmView(world: World, on: string): Promise<Figure> {
  const visit = await world.visit({ userId: adminId, recordType: 'contact', recordId: '1001' });
  const { body } = await visit.send('GET', '/api/view');
  const text = JSON.stringify(body);
  const bare: BareServer = await startBareServer(text);
  try {
    const reference = await putUnderLoad(`${bare.origin}/api/view`);
    const product = await putUnderLoad(`${world.product().origin}/api/view`, visit.opened.session.token);
    const share = Math.round((100 * product.requestsPerSecond) / reference.requestsPerSecond);
    return {
      name: `warm view on ${on}, ${text.length} bytes`,
      measured: `${Math.round(product.requestsPerSecond)}/s, p99 ${product.p99Ms} ms`,
      reference: `${Math.round(reference.requestsPerSecond)}/s, p99 ${reference.p99Ms} ms a bare route: ${share} % of it`,
    };
  } finally {
    await bare.stop();
  }
}
