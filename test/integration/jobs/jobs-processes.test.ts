import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ChildScript, startScript } from '#test/support/programs/child-script.ts';
import { startRedis, type TestRedis } from '#test/support/programs/redis.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { type OpenJobs, type OpenOptions, open } from './suites/backends.ts';
import { newPlace, startRuns } from './suites/runs.ts';

/** Short, so that a dead process is noticed within seconds. */
const lockMs = 2_000;

let redis: TestRedis;
let folder: string;
const scripts: ChildScript[] = [];
const opened: OpenJobs[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await redis.forget('ledgerside');
  folder = await mkdtemp(join(tmpdir(), 'ledgerside-jobs-'));
});
afterEach(async () => {
  for (const script of scripts.splice(0)) await script.kill();
  for (const { close } of opened.splice(0)) await close();
  await rm(folder, { recursive: true, force: true });
});

async function startProcess(): Promise<ChildScript> {
  const script = startScript('test/integration/jobs/scripts/run-jobs.ts', [redis.url, folder, lockMs]);
  scripts.push(script);
  expect(await script.read()).toBe('started');
  return script;
}

async function openHere(options: OpenOptions = {}): Promise<OpenJobs> {
  const here = await open({ redisUrl: redis.url, lockMs, ...options });
  opened.push(here);
  return here;
}

test('another process takes over a place whose process was killed', async () => {
  const dying = await startProcess();
  const place = { ...newPlace(), organisationId: `${newPlace().organisationId}-hold` };
  dying.tell([place]);
  expect(await dying.read()).toEqual({ begun: place.organisationId, isAlone: true });
  const here = await openHere();
  const runs = startRuns(here);
  here.jobs.wake(place);
  await here.clock.sleep(2 * lockMs);
  expect(runs.countOf(place)).toBe(0);
  await dying.kill();
  // The run that was cut short, and one for the wake-up during it.
  await runs.untilBegun(place, 2);
  await runs.untilIdle();
  expect(runs.countOf(place)).toBe(2);
  expect(runs.mostAtOnce()).toBe(1);
});

test('a frozen process whose place was taken over is told to stop when it continues', async () => {
  const frozen = await startProcess();
  const place = { ...newPlace(), organisationId: `${newPlace().organisationId}-hold` };
  frozen.tell([place]);
  expect(await frozen.read()).toEqual({ begun: place.organisationId, isAlone: true });
  frozen.signal('SIGSTOP');
  const runs = startRuns(await openHere());
  const held = runs.hold(place);
  await runs.untilBegun(place, 1);
  frozen.signal('SIGCONT');
  expect(await frozen.read()).toEqual({ aborted: place.organisationId });
  expect(held.signal()?.aborted).toBe(false);
  held.letGo();
});

test('two processes that are woken often never run one place at the same time', async () => {
  const [first, second] = [await startProcess(), await startProcess()];
  const places = [newPlace(), newPlace(), newPlace()];
  const wakes = 60;
  for (let n = 0; n < wakes; n += 1) for (const script of [first, second]) script.tell(places);
  const last = newPlace();
  const said: unknown[] = [];
  let isOver = false;
  const listen = async (script: ChildScript) => {
    while (!isOver) {
      const message = await script.read();
      said.push(message);
      isOver ||= JSON.stringify(message).includes(last.organisationId);
    }
  };
  const listening = [first, second].map((script) => listen(script).catch(() => undefined));
  await waitUntil(() => said.length >= places.length, 'the first runs');
  first.tell([last]);
  await Promise.race(listening);
  expect(said).not.toContainEqual(expect.objectContaining({ isAlone: false }));
  expect(said.length).toBeLessThanOrEqual(2 * wakes * places.length + 1);
});

test('a process of the web wakes and never runs; a worker takes it, also later', async () => {
  const web = await openHere({ isWorker: false });
  const own = startRuns(web, [{ name: 'sweep', everyMs: 60_000, isDueAtStart: true, work: () => Promise.reject() }]);
  const place = newPlace();
  web.jobs.wake(place);
  await web.jobs.stop();
  const worker = startRuns(await openHere());
  await worker.untilBegun(place, 1);
  await worker.untilIdle();
  expect([own.countOf(place), worker.countOf(place)]).toEqual([0, 1]);
  expect(web.ends).toEqual([]);
});

test('a stopped process hands its place to another one at once', async () => {
  const [first, second] = [await openHere({ lockMs: 600_000 }), await openHere({ lockMs: 600_000 })];
  const runs = startRuns(first);
  const place = newPlace();
  const held = runs.hold(place);
  first.jobs.wake(place);
  await runs.untilBegun(place, 1);
  const others = startRuns(second);
  await first.jobs.stop();
  expect(held.signal()?.aborted).toBe(true);
  await others.untilBegun(place, 1);
});

test('an interval runs in one of two processes each time, and the other goes on alone', async () => {
  const [first, second] = [await openHere(), await openHere()];
  const counts = [0, 0];
  const startCounting = ({ jobs }: OpenJobs, index: number) => {
    const work = async () => {
      counts[index] = (counts[index] ?? 0) + 1;
    };
    jobs.start({ run: async () => undefined, intervals: [{ name: 'sweep', everyMs: 60_000, work }] });
  };
  [first, second].forEach(startCounting);
  const total = () => (counts[0] ?? 0) + (counts[1] ?? 0);
  for (const minute of [1, 2, 3]) {
    for (const { clock } of [first, second]) clock.advanceSeconds(60);
    await waitUntil(() => total() === minute, 'one run');
    await first.clock.sleep(300);
    expect(total()).toBe(minute);
  }
  await first.jobs.stop();
  second.clock.advanceSeconds(60);
  await waitUntil(() => total() === 4, 'a run of the other one');
});
