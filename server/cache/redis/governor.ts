import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { everyRealMs } from '#server/every-real-ms.ts';
import type { Admission, GovernorState } from '../cache.ts';
import { dayMs, slotBeatMs, slotLapseMs, slotWaitMs, windowMs } from '../governor-rules.ts';
import type { RedisCommands } from './connections.ts';
import { beatScript, correctScript, enterScript, leaveScript, pauseScript, usageScript } from './governor-scripts.ts';
import { runInOrder, runScript } from './script.ts';

const waitSchema = z.tuple([z.enum(['in_flight', 'minute']), z.coerce.number()]);
const untilSchema = z.tuple([z.enum(['day', 'paused_minute', 'paused_day']), z.coerce.number()]);
const entrySchema = z.union([z.tuple([z.literal('admitted')]), waitSchema, untilSchema]);
const usageSchema = z.tuple([z.coerce.number(), z.coerce.number()]);

type RedisGovernor = GovernorState & { close(): void };

/**
 * Keeps every organisation's counts in Redis. Each question is one atomic step, so two processes can never both take
 * the last place.
 */
export function buildRedisGovernor(redis: RedisCommands, prefix: string): RedisGovernor {
  // The braces keep one organisation's keys on one node of a Redis cluster.
  const keysOf = (organisationId: string): string[] =>
    ['slots', 'calls', 'day', 'pause'].map((name) => `${prefix}governor:{${organisationId}}:${name}`);
  const run = (script: string, organisationId: string, nowMs: number, parameters: readonly (string | number)[]) =>
    runScript(redis, script, keysOf(organisationId), [nowMs, windowMs, dayMs, ...parameters]);
  // Sent in order, so that a heartbeat on its way cannot bring back a slot released meanwhile.
  const beat = (organisationId: string, slots: readonly string[]): Promise<unknown> =>
    runInOrder(redis, beatScript, keysOf(organisationId), [slotLapseMs, ...slots]);
  const held = buildHeldSlots(beat);
  return {
    tryEnter: async (organisationId, nowMs, { inFlight, perMinute, perDay }) => {
      const slot = randomUUID();
      const parameters = [slot, inFlight, perMinute, perDay, slotLapseMs, slotWaitMs];
      const admission = toAdmission(entrySchema.parse(await run(enterScript, organisationId, nowMs, parameters)), slot);
      if (admission.isAdmitted) held.add(organisationId, slot);
      return admission;
    },
    leave: async (organisationId, slot, nowMs) => {
      held.remove(organisationId, slot);
      await run(leaveScript, organisationId, nowMs, [slot]);
    },
    pause: async (organisationId, nowMs, { forMs, reason }) => {
      await run(pauseScript, organisationId, nowMs, [forMs, reason]);
    },
    correct: async (organisationId, nowMs, { day, minute }, { perDay, perMinute }) => {
      const parameters = [day ?? '', minute ?? '', perDay, perMinute, randomUUID(), slotLapseMs];
      await run(correctScript, organisationId, nowMs, parameters);
    },
    usage: async (organisationId, nowMs) => {
      const reply = await run(usageScript, organisationId, nowMs, []);
      const [callsToday, untilMs] = usageSchema.parse(reply);
      return { callsToday, pausedUntilMs: untilMs > nowMs ? untilMs : null };
    },
    close: held.close,
  };
}

function toAdmission(reply: z.infer<typeof entrySchema>, slot: string): Admission {
  if (reply[0] === 'admitted') return { isAdmitted: true, slot };
  const [reason, ms] = reply;
  return reason === 'in_flight' || reason === 'minute'
    ? { isAdmitted: false, reason, waitMs: ms }
    : { isAdmitted: false, reason, untilMs: ms };
}

/**
 * The slots that this process holds. While there are any, it sends heartbeats; Redis expires the slots of a silent
 * process.
 */
function buildHeldSlots(beat: (organisationId: string, slots: readonly string[]) => Promise<unknown>) {
  const held = new Map<string, Set<string>>();
  let stopBeating: (() => void) | undefined;
  const beatAll = (): void => {
    // While Redis is unavailable, heartbeats fail and slots expire. Without shared counts, each process limits itself
    // to a few calls.
    for (const [organisationId, slots] of held) void beat(organisationId, [...slots]).catch(() => undefined);
  };
  const close = (): void => {
    stopBeating?.();
    stopBeating = undefined;
  };
  return {
    add: (organisationId: string, slot: string): void => {
      held.set(organisationId, (held.get(organisationId) ?? new Set()).add(slot));
      stopBeating ??= everyRealMs(slotBeatMs, beatAll);
    },
    remove: (organisationId: string, slot: string): void => {
      const slots = held.get(organisationId);
      slots?.delete(slot);
      if (slots?.size === 0) held.delete(organisationId);
      if (held.size === 0) close();
    },
    close,
  };
}
