import type { World } from '#test/support/world/world.ts';
import { startBareServer } from './bare-process.ts';
import type { Figure } from './figure.ts';

/** Measures the time from start to ready, and that of a Fastify process with one route and no build. */
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
