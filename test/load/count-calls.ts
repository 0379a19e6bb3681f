import type { JournalEntry } from '#test/sandbox/xero/journal.ts';
import { metricsToken } from './fleet.ts';

const minuteMs = 60_000;

/** Calls of the API in Xero's journal, by Xero's clock. */
export function countCalls(journal: readonly JournalEntry[]) {
  const calls = journal.filter(({ path }) => path.startsWith('/api.xro/'));
  const times = calls.map(({ at }) => Date.parse(at)).sort((a, b) => a - b);
  const byDay = new Map<string, number>();
  for (const { at } of calls) byDay.set(at.slice(0, 10), (byDay.get(at.slice(0, 10)) ?? 0) + 1);
  return {
    calls: calls.length,
    refused: calls.filter(({ status }) => status === 429).length,
    busiestMinute: findBusiestMinute(times),
    busiestDay: Math.max(0, ...byDay.values()),
  };
}

function findBusiestMinute(times: readonly number[]): number {
  let [first, most] = [0, 0];
  for (const [last, time] of times.entries()) {
    while ((times[first] ?? time) <= time - minuteMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** `within`: how many of the admitted calls waited at most this many seconds. */
export type Waits = { admitted: number; refused: number; within: Record<string, number> };

/** How long people and background waited in the governors' queues, over all processes, from their own metrics. */
export async function readWaits(origins: readonly string[]): Promise<{ person: Waits; background: Waits }> {
  const texts = await Promise.all(origins.map(readMetrics));
  const rows = texts.flatMap((text) => text.split('\n').flatMap(parseRow));
  return { person: addUp(rows, 'person'), background: addUp(rows, 'background') };
}

async function readMetrics(origin: string): Promise<string> {
  return (await fetch(`${origin}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } })).text();
}

type Row = { name: string; labels: string; value: number };

function parseRow(line: string): Row[] {
  const [, name, labels, value] = /^xero_wait_seconds_(bucket|count)\{(.*)\} (\d+)$/.exec(line) ?? [];
  return name === undefined || labels === undefined ? [] : [{ name, labels, value: Number(value) }];
}

function addUp(rows: readonly Row[], priority: string): Waits {
  const own = rows.filter(({ labels }) => labels.includes(`priority="${priority}"`));
  const admitted = own.filter(({ labels }) => labels.includes('admitted="true"'));
  const sum = (some: readonly Row[]) => some.reduce((total, { value }) => total + value, 0);
  const within: Record<string, number> = {};
  for (const { name, labels, value } of admitted) {
    const bound = /le="([^"]+)"/.exec(labels)?.[1];
    if (name === 'bucket' && bound !== undefined && bound !== '+Inf')
      within[`${bound} s`] = (within[`${bound} s`] ?? 0) + value;
  }
  const counts = own.filter(({ name }) => name === 'count');
  return {
    admitted: sum(counts.filter(({ labels }) => labels.includes('admitted="true"'))),
    refused: sum(counts.filter(({ labels }) => labels.includes('admitted="false"'))),
    within,
  };
}
