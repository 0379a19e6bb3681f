import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prepareEngines } from './engine.fixture.ts';
import { endAll, sceneArbitrary, startScene, takeStep } from './faulty-scene.fixture.ts';

const start = prepareEngines();

test('whatever fails, stops or comes late, each item is made once and none is forgotten', async () => {
  await fc.assert(
    fc.asyncProperty(sceneArbitrary, async ({ items, steps }) => {
      const scene = startScene(start(), items);
      for (const step of steps) await takeStep(scene, step);
      const outcomes = await endAll(scene);
      const keys = scene.items.map(({ writeKey }) => writeKey);
      expect(scene.world.made.map(({ key }) => key).toSorted()).toEqual(keys);
      expect(outcomes.map((one) => one.outcome)).toEqual(keys.map(() => 'done'));
    }),
    { numRuns: 60 },
  );
});
