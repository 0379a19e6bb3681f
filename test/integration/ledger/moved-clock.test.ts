import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '#test/support/world/world.ts';

/** A real server process with a movable clock. */
let world: World;
beforeAll(async () => {
  world = await startWorld({ hasMovingClock: true });
});
afterAll(() => world.stop());

const request = { userId: 'olivia', recordType: 'contact', recordId: '1001' };

test('after a quarter of an hour the session ends, and a new one can open', async () => {
  const visit = await world.visit(request);
  expect((await visit.send('GET', '/api/view')).status).toBe(200);
  await world.advanceSeconds(15 * 60 + 1);
  expect(await visit.send('GET', '/api/view')).toMatchObject({ status: 401, body: { code: 'session_expired' } });
  await world.visit(request);
});

test('a restarted process keeps its clock', async () => {
  const visit = await world.visit(request);
  await world.restartProduct();
  expect((await visit.send('GET', '/api/view')).status).toBe(200);
  await world.advanceSeconds(15 * 60 + 1);
  expect((await visit.send('GET', '/api/view')).status).toBe(401);
});
