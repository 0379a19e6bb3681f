import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Admission, GovernorState } from './cache.ts';
import { dayMs, slotLapseMs, slotWaitMs, windowMs } from './governor-rules.ts';
import type { RedisCommands } from './redis-connections.ts';
import { correctScript, enterScript, leaveScript, pauseScript, usageScript } from './redis-governor-scripts.ts';
import { runScript } from './redis-script.ts';

const refusalSchema = z.tuple([z.enum(['in_flight', 'minute', 'paused', 'day']), z.coerce.number()]);
const entrySchema = z.union([z.tuple([z.literal('admitted')]), refusalSchema]);
const usageSchema = z.tuple([z.coerce.number(), z.coerce.number()]);

/** The counts of every organisation in Redis, each question one step of it: no two processes can both be the last one in. */
export const buildRedisGovernor = (commands: RedisCommands, prefix: string): GovernorState => {
  // Braces keep one organisation's keys on one node of a cluster.
  const keysOf = (organisationId: string): string[] =>
    ['slots', 'calls', 'day', 'pause'].map((name) => `${prefix}governor:{${organisationId}}:${name}`);
  const run = (script: string, organisationId: string, parameters: readonly (string | number)[]): Promise<unknown> =>
    runScript(commands, script, keysOf(organisationId), parameters);
  return {
    tryEnter: async (organisationId, nowMs, limits) => {
      const slot = randomUUID();
      const { inFlight, perMinute, perDay } = limits;
      const parameters = [nowMs, slot, inFlight, perMinute, perDay, windowMs, slotLapseMs, slotWaitMs, dayMs];
      return toAdmission(entrySchema.parse(await run(enterScript, organisationId, parameters)), slot);
    },
    leave: async (organisationId, slot, nowMs) => {
      await run(leaveScript, organisationId, [slot, nowMs]);
    },
    pause: async (organisationId, untilMs, reason) => {
      await run(pauseScript, organisationId, [untilMs, reason]);
    },
    correct: async (organisationId, nowMs, { day, minute }, { perDay, perMinute }) => {
      const parameters = [nowMs, day ?? '', minute ?? '', perDay, perMinute, windowMs, dayMs, randomUUID()];
      await run(correctScript, organisationId, parameters);
    },
    usage: async (organisationId, nowMs) => {
      const reply = await run(usageScript, organisationId, [nowMs, dayMs]);
      const [callsToday, untilMs] = usageSchema.parse(reply);
      return { callsToday, pausedUntilMs: untilMs > nowMs ? untilMs : null };
    },
  };
};

const toAdmission = (reply: z.infer<typeof entrySchema>, slot: string): Admission => {
  if (reply[0] === 'admitted') return { isAdmitted: true, slot };
  const [reason, ms] = reply;
  return reason === 'in_flight' || reason === 'minute'
    ? { isAdmitted: false, reason, waitMs: ms }
    : { isAdmitted: false, reason, untilMs: ms };
};
