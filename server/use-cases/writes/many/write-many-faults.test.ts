import fc from 'fast-check';
import { test } from 'vitest';
import { prepareEngines } from '../engine.fixture.ts';
import { checkScene, sceneArbitrary } from './faulty-scene.fixture.ts';

const start = prepareEngines();

test('whatever fails, stops or comes late, each item is made once and none is forgotten', async () => {
  await fc.assert(
    fc.asyncProperty(sceneArbitrary, (scene) => checkScene(start(), scene)),
    { numRuns: 60 },
  );
});
