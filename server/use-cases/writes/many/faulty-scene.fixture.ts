import fc from 'fast-check';
import { expect } from 'vitest';
import type { Engine } from '../engine.fixture.ts';
import {
  buildWorld,
  type Fault,
  type Process,
  type SearchFault,
  type Stop,
  type World,
} from './faulty-world.fixture.ts';
import { type Made, toItem } from './many.fixture.ts';
import type { ItemOutcome, ManyItem } from './many-handler.ts';
import { writeMany } from './write-many.ts';

/** One or two processes write some of the items, while this goes wrong. Afterwards time passes. */
type Step = {
  who: readonly number[];
  /** Places of the items, and which body is asked for. */
  what: readonly { place: number; body: number }[];
  faults: readonly Fault[];
  searches: readonly SearchFault[];
  stop: Stop | undefined;
  thenSeconds: number;
  resumes: boolean;
};

const faultArbitrary: fc.Arbitrary<Fault> = fc.record({
  what: fc.constantFrom(
    ...(['none', 'answer_lost', 'request_lost', 'late', 'call_refused', 'limited', 'cut_off', 'row_unread'] as const),
  ),
  refused: fc.oneof(fc.constant([]), fc.subarray([0, 1, 2])),
  lateSeconds: fc.integer({ min: 0, max: 359 }),
});

/** Mostly all items with their first body, so that few steps are spent on nothing. */
const askedArbitrary = fc.oneof(
  { weight: 2, arbitrary: fc.constant([0, 1, 2].map((place) => ({ place, body: 0 }))) },
  {
    weight: 1,
    arbitrary: fc.uniqueArray(fc.record({ place: fc.nat({ max: 2 }), body: fc.nat({ max: 1 }) }), {
      ...{ minLength: 1, maxLength: 3, selector: ({ place }: { place: number }) => place },
    }),
  },
);

const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom([0], [1], [0, 1]),
  what: askedArbitrary,
  faults: fc.array(faultArbitrary, { maxLength: 3 }),
  searches: fc.array(fc.constantFrom<SearchFault>('none', 'not_whole', 'fails'), { maxLength: 2 }),
  stop: fc.option(fc.record({ how: fc.constantFrom('kill', 'pause'), after: fc.nat({ max: 20 }) }), { nil: undefined }),
  thenSeconds: fc.constantFrom(0, 11, 370),
  resumes: fc.boolean(),
});

/** Three items are enough for a call of which a part is made. */
export const sceneArbitrary = fc.record({
  items: fc.integer({ min: 1, max: 3 }),
  steps: fc.array(stepArbitrary, { minLength: 1, maxLength: 8 }),
});

type Scene = { world: World; items: ManyItem[]; processes: Process[]; unfinished: Promise<unknown>[] };

function startScene(engine: Engine, count: number): Scene {
  const world = buildWorld(engine);
  const items = Array.from({ length: count }, (_, index) => toItem(`item ${index}`));
  return { world, items, processes: [world.startProcess(), world.startProcess()], unfinished: [] };
}

async function takeStep(scene: Scene, step: Step): Promise<void> {
  const { world, processes } = scene;
  world.plan(step.faults, step.searches);
  const items = step.what.flatMap(({ place, body }) => {
    const item = scene.items[place];
    return item ? [{ ...item, bodyHash: `body ${body}` }] : [];
  });
  await Promise.all(
    step.who.map(async (index, turn) => {
      const process = processes[index];
      if (!process || process.isStopped()) return;
      process.stopLater(turn === 0 ? step.stop : undefined);
      const work = writeMany(process.acting, process.handler, items);
      scene.unfinished.push(work);
      await process.run(work);
      process.stopLater(undefined);
    }),
  );
  world.advanceSeconds(step.thenSeconds);
  if (step.resumes) for (const process of processes) process.resume();
  scene.processes = processes.map((process) => (process.isDead() ? world.startProcess() : process));
}

/** Nothing fails any more. Paused processes go on, and a new one writes everything until it is done. */
async function endAll(scene: Scene): Promise<ItemOutcome<Made>[]> {
  const { world, items } = scene;
  world.plan([], []);
  for (const process of scene.processes) process.resume();
  const last = world.startProcess();
  let outcomes: ItemOutcome<Made>[] = [];
  for (let round = 0; round < 4; round += 1) {
    outcomes = await writeMany(last.acting, last.handler, items);
    world.advanceSeconds(6 * 60);
  }
  return outcomes;
}

/** Rejects when an item was made twice or not at all, or the last answer says otherwise. */
export async function checkScene(engine: Engine, { items, steps }: { items: number; steps: Step[] }): Promise<void> {
  const scene = startScene(engine, items);
  for (const step of steps) await takeStep(scene, step);
  const outcomes = await endAll(scene);
  const keys = scene.items.map(({ writeKey }) => writeKey);
  expect(scene.world.made.map(({ key }) => key).toSorted()).toEqual(keys);
  expect(outcomes.map((one) => one.outcome)).toEqual(keys.map(() => 'done'));
}
