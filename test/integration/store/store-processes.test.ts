import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type StoreOptions } from '#server/store/open-store.ts';
import { type ChildScript, startScript } from '#test/support/programs/child-script.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { storeBackends } from './suites/backends.ts';

const processCount = 4;

for (const backend of storeBackends) {
  describe(`processes over ${backend.name}`, () => {
    let options: StoreOptions;
    let stop: () => Promise<void>;
    let scripts: ChildScript[];

    beforeAll(async () => {
      ({ options, stop } = await backend.start());
      scripts = Array.from({ length: processCount }, () =>
        startScript('test/integration/store/scripts/open-store.ts', [options]),
      );
      for (const script of scripts) expect(await script.read()).toBe('started');
    });
    afterAll(async () => {
      await Promise.all(scripts.map((script) => script.kill()));
      await stop();
    });

    test('several starts on an empty database find tables and share one lock', async () => {
      for (const script of scripts) script.tell('open');
      const answers = await Promise.all(scripts.map((script) => script.read()));
      expect(answers.filter((answer) => JSON.stringify(answer) === '{"hasLock":true}')).toHaveLength(1);
      expect(answers.filter((answer) => JSON.stringify(answer) === '{"hasLock":false}')).toHaveLength(processCount - 1);
    });

    test('the next process gets a killed process’s lock', async () => {
      const store = await openStore(options);
      expect(await store.holdProcessLock()).toBe(false);
      await Promise.all(scripts.map((script) => script.kill()));
      // Postgres notices a dead process when its connection ends, SQLite at once.
      await waitUntil(() => store.holdProcessLock(), 'the lock of a dead process');
      await store.close();
    });
  });
}

test('opening waits for another process’s write to a new SQLite file', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-busy-'));
  const other = startScript('test/integration/store/scripts/hold-write.ts', [join(dataDir, 'ledgerside.db')]);
  expect(await other.read()).toBe('held');
  const store = await openStore({ dataDir, onError: () => undefined });
  expect(await store.holdProcessLock()).toBe(true);
  await store.close();
  await other.ended;
  await rm(dataDir, { recursive: true });
});
