import { createHash } from 'node:crypto';
import { ErrorReply } from 'redis';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { slotBeatMs } from '../governor-rules.ts';
import type { RedisCommands } from './connections.ts';
import { buildRedisGovernor } from './governor.ts';
import { beatScript, enterScript, leaveScript } from './governor-scripts.ts';

const names = new Map([
  [beatScript, 'beat'],
  [enterScript, 'enter'],
  [leaveScript, 'leave'],
]);
let ran: string[];

/** A fake Redis that answers every script except the heartbeat. */
const commands = {
  evalSha: async (digest: string) => {
    const script = [enterScript, leaveScript].find((one) => createHash('sha1').update(one).digest('hex') === digest);
    if (script === undefined) throw new ErrorReply('NOSCRIPT No matching script');
    return commands.eval(script);
  },
  eval: async (script: string) => {
    const name = names.get(script);
    ran.push(name ?? script);
    return name === 'enter' ? ['admitted'] : null;
  },
};
const calls = { run: <T>(call: () => T) => call() };

beforeEach(() => {
  ran = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a heartbeat on its way does not bring back a released slot', async () => {
  const governor = buildRedisGovernor({ commands, calls } as unknown as RedisCommands, 'test:');
  const limits = { inFlight: 5, perMinute: 60, perDay: 5_000 };
  const admission = await governor.tryEnter('org', Date.now(), limits);
  if (!admission.isAdmitted) expect.unreachable();
  vi.advanceTimersByTime(slotBeatMs);
  await governor.leave('org', admission.slot, Date.now());
  expect(ran).toEqual(['enter', 'beat', 'leave']);
  governor.close();
});
