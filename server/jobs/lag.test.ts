import { expect, test } from 'vitest';
import { readLagSeconds } from './lag.ts';

const place = { workspaceId: 'fieldnote', organisationId: 'a' };
const clock = { now: () => new Date('2026-11-30T10:00:00Z') };

test.each([
  ['nothing is due', [], null, 0],
  ['a record has been due for 90 s', [place], '2026-11-30T09:58:30.000Z', 90],
  ['it was taken meanwhile, and the next is due later', [place], '2026-11-30T10:05:00.000Z', 0],
  ['it was taken meanwhile, and there is no other', [place], null, 0],
])('the lag when %s', async (_when, places, next, seconds) => {
  const records = { listDue: async () => places, nextDue: async () => next };
  expect(await readLagSeconds({ store: { records }, clock })).toBe(seconds);
});
