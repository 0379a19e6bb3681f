import type { World } from '#test/support/world.ts';
import { startBareServer } from './bare-process.ts';
import type { Figure } from './figure.ts';

/** From nothing to ready, beside a Fastify process with one route that needs no build. */
export async function measureColdStart(world: World): Promise<Figure> {
  await world.product().stop();
  const startedAt = performance.now();
  await world.restartProduct();
  const productMs = performance.now() - startedAt;
  const bare = await startBareServer('{}');
  await bare.stop();
  return {
    name: 'cold start',
    measured: `${(productMs / 1000).toFixed(2)} s`,
    reference: `${(bare.startedInMs / 1000).toFixed(2)} s a bare Fastify process`,
  };
}
