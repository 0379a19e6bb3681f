import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Cache } from '#server/cache/cache.ts';
import type { Clock } from '#server/clock.ts';
import type { Log } from '#server/deps.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { type RoundDeps, runRound } from './change-round.ts';
import { findDueMs } from './pace.ts';
import { buildSleeper, type Sleeper } from './sleeper.ts';

/** After the last look, so long. */
const lookedForMs = 90 * 1000;
/** How long the lock of a process that died keeps the others from taking over; a living one renews it. */
const lockMs = 30 * 1000;
/** How often a stream without anything loaded looks whether there is something now. */
const idleMs = 60 * 1000;

/** Who looked last, and when: its workspace's connection is what the stream asks with. */
const lookSchema = z.object({ at: z.string(), workspaceId: z.string() });

export type RunnerDeps = RoundDeps & {
  cache: Pick<Cache, 'get' | 'set' | 'lock' | 'extend' | 'unlock' | 'subscribe'>;
  clock: Clock;
  log: Log;
};

export type StreamRunners = {
  /** Runs the organisation's stream here, unless it runs already, here or in another process. */
  start(organisationId: string): Promise<void>;
  settle(): Promise<void>;
  stop(): Promise<void>;
};

export function toLookKey(organisationId: string): string {
  return `stream:${organisationId}:looked`;
}

export function toStreamKey(organisationId: string): string {
  return `stream:${organisationId}`;
}

export async function findLook({ cache, clock }: Pick<RunnerDeps, 'cache' | 'clock'>, organisationId: string) {
  const text = await cache.get(toLookKey(organisationId));
  const look = text === undefined ? undefined : lookSchema.parse(JSON.parse(text));
  const untilMs = look ? Date.parse(look.at) + lookedForMs : 0;
  return look && untilMs >= clock.now().getTime() ? { ...look, untilMs } : undefined;
}

/** One stream an organisation over all processes, held by a lock, for as long as somebody looks. */
export function buildStreamRunners(deps: RunnerDeps): StreamRunners {
  const owner = randomUUID();
  const ending = new AbortController();
  const sleeper = buildSleeper(deps.clock, ending.signal);
  const running = new Map<string, Promise<void>>();

  async function hold(organisationId: string): Promise<void> {
    const key = toStreamKey(organisationId);
    if (!(await deps.cache.lock(key, owner, lockMs))) return;
    let isHeld = true;
    const lose = () => {
      isHeld = false;
      sleeper.wake(organisationId);
    };
    const renew = () => deps.cache.extend(key, owner, lockMs).then((isMine) => isMine || lose(), lose);
    // Real time: the lock lapses by the cache's own clock.
    const renewal = setInterval(() => void renew(), lockMs / 3).unref();
    try {
      await listen(deps, sleeper, organisationId, () => isHeld && !ending.signal.aborted, ending.signal);
    } finally {
      clearInterval(renewal);
      await deps.cache.unlock(key, owner).catch(() => undefined);
    }
    // Who looked between the last question and the unlocking found the lock held.
    if (!ending.signal.aborted && (await findLook(deps, organisationId))) await hold(organisationId);
  }

  async function start(organisationId: string): Promise<void> {
    if (running.has(organisationId) || ending.signal.aborted) return;
    const run = hold(organisationId)
      .catch((error: unknown) => deps.log.warn({ err: error, organisationId }, 'the change stream has ended'))
      .finally(() => {
        running.delete(organisationId);
        sleeper.leave(organisationId);
      });
    sleeper.rouse(organisationId);
    running.set(organisationId, run);
  }

  return {
    start,
    settle: sleeper.settle,
    async stop() {
      ending.abort();
      await Promise.all(running.values());
    },
  };
}

async function listen(
  deps: RunnerDeps,
  sleeper: Sleeper,
  organisationId: string,
  mayGoOn: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  const stopListening = await deps.cache.subscribe(toStreamKey(organisationId), () => sleeper.wake(organisationId));
  try {
    while (mayGoOn()) {
      const look = await findLook(deps, organisationId);
      if (!look) return;
      const state = await deps.states.read(organisationId);
      const nowMs = deps.clock.now().getTime();
      const dueMs = state ? findDueMs(state, nowMs) : nowMs + idleMs;
      if (!state || dueMs > nowMs) {
        await sleeper.sleepUntil(organisationId, Math.min(dueMs, look.untilMs + 1));
        continue;
      }
      const { workspaceId } = look;
      const caller: XeroCaller = { workspaceId, organisationId, priority: 'background', signal };
      await runRound(deps, caller, state);
    }
  } finally {
    await stopListening().catch(() => undefined);
  }
}
