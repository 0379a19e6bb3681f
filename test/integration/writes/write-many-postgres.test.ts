import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { test } from 'vitest';
import { openStore } from '#server/store/open-store.ts';
import { prepareEngines } from '#server/use-cases/writes/engine.fixture.ts';
import { checkScene, sceneArbitrary } from '#server/use-cases/writes/many/faulty-scene.fixture.ts';
import { startPostgres } from '#test/support/programs/postgres.ts';

const start = prepareEngines(openOnPostgres);

async function openOnPostgres() {
  const postgres = await startPostgres();
  const databaseUrl = await postgres.createDatabase();
  const store = await openStore({ databaseUrl, dataDir: tmpdir(), onError: () => undefined });
  const close = async () => {
    await store.close();
    await postgres.remove();
  };
  return { store, close };
}

test('on Postgres too, whatever fails or stops, each item is made once and none is forgotten', async () => {
  await fc.assert(
    fc.asyncProperty(sceneArbitrary, (scene) => checkScene(start(), scene)),
    { numRuns: 40 },
  );
});
