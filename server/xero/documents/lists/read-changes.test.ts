import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ChangePage, readChanges } from './read-changes.ts';

type Row = { id: string; updatedAt: string };

function at(ms: number) {
  return new Date(Date.UTC(2026, 10, 1) + ms).toISOString();
}

/** A service that returns changes since a second, in order and in pages. `meanwhile` runs between calls. */
function buildService(
  rows: Map<string, number>,
  pageSize: number,
  meanwhile: (call: number) => void = () => undefined,
) {
  let calls = 0;
  const readPage = async ({ since, page }: { since: string; page: number }): Promise<ChangePage<Row>> => {
    const found = [...rows]
      .filter(([, ms]) => at(ms) >= since)
      .sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
      .slice((page - 1) * pageSize, page * pageSize)
      .map(([id, ms]) => ({ id, updatedAt: at(ms) }));
    calls += 1;
    meanwhile(calls);
    return { rows: found, asOf: at(1_000_000) };
  };
  return { readPage, calls: () => calls };
}

function toRows(times: readonly number[]) {
  return new Map(times.map((ms, index) => [`id-${index}`, ms]));
}

test('reads all rows of one second that fill more than a page', async () => {
  const rows = toRows([...Array.from({ length: 25 }, () => 5_000), 9_000, 9_500]);
  const service = buildService(rows, 10);
  const { rows: read, isWhole } = await readChanges({ ...service, pageSize: 10, since: at(0), mostCalls: 20 });
  expect([read.length, isWhole]).toEqual([27, true]);
  expect(service.calls()).toBeLessThanOrEqual(5);
});

test('reports that the answer is not whole when there is too much', async () => {
  const service = buildService(toRows(Array.from({ length: 100 }, (_, index) => index * 1000)), 10);
  expect(await readChanges({ ...service, pageSize: 10, since: at(0), mostCalls: 3 })).toMatchObject({ isWhole: false });
});

const times = fc.array(
  fc.nat({ max: 20 }).map((second) => second * 500),
  { maxLength: 60 },
);

test('reads every row since, as last changed, for any times and page sizes', async () => {
  await fc.assert(
    fc.asyncProperty(times, fc.integer({ min: 2, max: 15 }), fc.nat({ max: 8_000 }), async (all, pageSize, since) => {
      const rows = toRows(all);
      const service = buildService(rows, pageSize);
      const { rows: read, asOf } = await readChanges({ ...service, pageSize, since: at(since), mostCalls: 500 });
      const wanted = [...rows].filter(([, ms]) => at(ms) >= at(Math.floor(since / 1000) * 1000)).map(([id]) => id);
      expect(read.map(({ id }) => id).sort()).toEqual(wanted.sort());
      expect(asOf).toBe(at(1_000_000));
    }),
    { numRuns: 500 },
  );
});

test('whatever changes between two pages, no row that stays is left out', async () => {
  const moves = fc.array(fc.record({ call: fc.integer({ min: 1, max: 6 }), row: fc.nat({ max: 59 }) }), {
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(times, fc.integer({ min: 2, max: 15 }), moves, async (all, pageSize, changes) => {
      const rows = toRows(all);
      const move = (call: number) => {
        for (const { row } of changes.filter((one) => one.call === call)) {
          // A new change has the newest time.
          if (rows.has(`id-${row}`)) rows.set(`id-${row}`, 20_000 + call * 1000);
        }
      };
      const service = buildService(rows, pageSize, move);
      const { rows: read } = await readChanges({ ...service, pageSize, since: at(0), mostCalls: 500 });
      expect(read.map(({ id }) => id).sort()).toEqual([...rows.keys()].sort());
    }),
    // A row that moved is met only after the reader has left the block that it shifted.
    { numRuns: 2000, examples: [[[1000, 1000, 2000, 2000, 2000, 2000, 4000], 3, [{ call: 2, row: 0 }]]] },
  );
});

test('keeps the later state of a repeated row, or the one last read', async () => {
  const row = (id: string, ms: number, page: number) => ({ id, updatedAt: at(ms), page });
  const pages = [[row('a', 5_000, 1), row('b', 5_000, 1)], [row('a', 4_000, 2), row('b', 5_000, 2)], []];
  const readPage = async () => ({ rows: pages.shift() ?? [], asOf: at(9_000) });
  const { rows } = await readChanges({ readPage, pageSize: 2, since: at(0), mostCalls: 9 });
  expect(rows).toEqual([row('a', 5_000, 1), row('b', 5_000, 2)]);
});
