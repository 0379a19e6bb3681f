import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#server/store/open-store.ts';
import type { Figure } from './figure.ts';
import { fillBacklog } from './sync-pick.ts';

const size = 100_000;
const mostMs = 20;

/** How long nothing else runs while a list of records is searched and counted. SQLite works in our own process. */
export async function measureSearching(): Promise<Figure> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-bench-'));
  const store = await openStore({ dataDir, onError: (error) => console.error(error) });
  try {
    const where = await fillBacklog(store, size);
    const filter = { search: 'no record has this' };
    const list = await measureHold(() => store.records.list(where, filter, { limit: 50 }));
    const count = await measureHold(() => store.records.count(where, filter));
    return {
      name: `searching ${size} records, SQLite: the longest that other work waits`,
      measured: `${Math.max(list.longest, count.longest).toFixed(1)} ms`,
      reference: `at most ${mostMs} ms; a page took ${list.total.toFixed(0)} ms, its count ${count.total.toFixed(0)} ms`,
    };
  } finally {
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** In milliseconds: the longest time between two turns of the event loop, and all together. */
async function measureHold(work: () => Promise<unknown>): Promise<{ longest: number; total: number }> {
  const startedAt = performance.now();
  let longest = 0;
  let lastTurnAt = startedAt;
  let isDone = false;
  const onTurn = () => {
    longest = Math.max(longest, performance.now() - lastTurnAt);
    lastTurnAt = performance.now();
    if (!isDone) setImmediate(onTurn);
  };
  setImmediate(onTurn);
  await work();
  isDone = true;
  onTurn();
  return { longest, total: performance.now() - startedAt };
}
