import { expect, test } from 'vitest';
import { crashEnvironment, runRounds } from '#test/crash/run-rounds.ts';
import { startWorld } from '#test/support/world.ts';

/** The short form of `npm run test:crash`. */
test('when the server is killed while it writes and answers are lost, then no document is doubled or lost', async () => {
  const world = await startWorld({ env: crashEnvironment });
  try {
    const { forms, documents, ...rest } = await runRounds(world, { rounds: 4, seed: 4711 });
    expect([forms, documents]).toEqual([12, 12]);
    expect(rest).toMatchObject({ doubled: 0, lost: 0, strange: 0, unsettled: 0, notesDoubled: 0 });
  } finally {
    await world.stop();
  }
}, 180_000);
